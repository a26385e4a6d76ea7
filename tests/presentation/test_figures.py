"""National figures: the same bytes each time, in the package's font, saying what they show and from where."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.cost_scatter import cost_scatter
from lagesbild.presentation.figures import development, distribution_strip, group_dots
from lagesbild.presentation.maps_together import maps_together
from lagesbild.presentation.pair_dots import Pair, pair_dots
from lagesbild.presentation.svg import Figure

Make = Callable[..., Indicator]
SERIES = [(2020, 80.0), (2021, None), (2022, 82.5), (2023, 84.4)]
GROUPS = [("Storstäder", 71.2), ("Större stad", 80.4), ("Landsbygdskommun", None)]


@pytest.fixture(scope="module")
def figures(indicator: Make) -> dict[str, Figure]:
    return {
        "development": development(
            [(indicator(), SERIES), (indicator(Scale.JA_NEJ, title="Rutin"), [(2023, 61.0)])],
            years=(2020, 2023),
            source="Kolada (RKA)",
            synthetic=True,
        ),
        "group_dots": group_dots(indicator(), GROUPS, riket=78.0, source="Kolada (RKA)", synthetic=True),
        "strip": distribution_strip(
            [(indicator(), [float(v) for v in range(40, 100, 3)], 70.0)], source="Kolada (RKA)", synthetic=True
        ),
    }


def test_the_alternative_says_what_the_figure_shows(figures: dict[str, Figure]) -> None:
    alt = {name: figure.alt.replace("\u00a0", " ") for name, figure in figures.items()}
    assert "från 80 procent 2020 till 84 procent 2023, utan värde 2021" in alt["development"]
    assert "Större stad 80 procent; Storstäder 71 procent; Landsbygdskommun uppgift saknas" in alt["group_dots"]
    assert "20 kommuner mellan 40 och 97 procent, median 69 procent, riket 70 procent" in alt["strip"]
    assert all(text.endswith("Syntetiska data.") for text in alt.values())


def test_figures_are_well_formed_without_date_or_system_font(figures: dict[str, Figure]) -> None:
    for figure in figures.values():
        root = ElementTree.fromstring(figure.svg)
        assert root.get("role") == "img"
        assert root.get("aria-label") == figure.alt
        assert "date" not in figure.svg.lower()
        assert "DejaVu" not in figure.svg
        assert "<text" not in figure.svg  # outlines, so no reader needs the font
        # matplotlib leaves what it drew as a comment; the signs' ids name the font they come from
        assert "Källa: Kolada (RKA)" in figure.svg
        assert "Syntetiska data" in figure.svg
        assert "SourceSansPro" in figure.svg


def test_a_page_may_end_between_rows_of_development(indicator: Make, figures: dict[str, Figure]) -> None:
    five = [(indicator(), SERIES)] * 5
    figure = development(five, years=(2020, 2023), source="Kolada (RKA)", synthetic=True)
    assert len(figure.rows) == 2
    assert figure.typst().count("image(bytes(") == 2
    assert all("Syntetiska data" in row.svg for row in figure.rows)
    assert ["Källa: Kolada (RKA)" in row.svg for row in figure.rows] == [False, True]
    assert figures["development"].rows == ()


def test_groups_of_few_kommuner_are_marked(indicator: Make, figures: dict[str, Figure]) -> None:
    marked = group_dots(indicator(), GROUPS, riket=78.0, source="Kolada (RKA)", synthetic=True, few={"Storstäder"})
    assert "Storstäder 71\u00a0procent (få kommuner);" in marked.alt
    assert marked.svg.count("få kommuner") > figures["group_dots"].svg.count("få kommuner")


def test_real_data_are_not_called_synthetic(indicator: Make) -> None:
    figure = group_dots(indicator(), GROUPS, riket=None, source="Kolada (RKA)", synthetic=False)
    assert "Syntetiska" not in figure.svg
    assert "Syntetiska" not in figure.alt


def test_the_process_settings_do_not_reach_a_figure(indicator: Make) -> None:
    def draw() -> str:
        return group_dots(indicator(), GROUPS, riket=78.0, source="Kolada", synthetic=False).svg

    before = draw()
    with mpl.rc_context({"font.size": 20, "axes.facecolor": "black", "lines.linewidth": 9}):
        assert draw() == before
        assert mpl.rcParams["font.size"] == 20
    assert draw() == before


def test_another_process_with_another_hash_seed_draws_the_same_bytes(figures: dict[str, Figure]) -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from conftest import make_indicator\n"
        "from lagesbild.presentation.figures import group_dots\n"
        "groups = [('Storstäder', 71.2), ('Större stad', 80.4), ('Landsbygdskommun', None)]\n"
        "f = group_dots(make_indicator(), groups, riket=78.0, source='Kolada (RKA)', synthetic=True)\n"
        "sys.stdout.buffer.write(f.svg.encode())"
    )
    environment = {**os.environ, "PYTHONHASHSEED": "4711", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    folder = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", script, folder], capture_output=True, check=True, env=environment)
    assert done.stdout.decode() == figures["group_dots"].svg


def test_extremes_can_be_drawn(indicator: Make) -> None:
    for scale in (Scale.PROCENT, Scale.KRONOR, Scale.INDEX, Scale.ANTAL):
        for points in ([], [(2024, None)], [(2024, 0.0)], [(2023, 5.0), (2024, 5.0)]):
            development([(indicator(scale), points)], years=(2016, 2024), source="x", synthetic=False)
        group_dots(indicator(scale), [("A", 5.0), ("B", 5.0)], riket=5.0, source="x", synthetic=False)
    group_dots(indicator(), [("A", None)], riket=None, source="x", synthetic=False)
    distribution_strip([(indicator(), [], None)], source="x", synthetic=False)


def test_what_cannot_be_shown_is_refused(indicator: Make) -> None:
    with pytest.raises(ValueError, match="at least one"):
        development([], years=(2020, 2024), source="x", synthetic=False)
    with pytest.raises(ValueError, match="percentages"):
        distribution_strip([(indicator(Scale.KRONOR), [1.0], None)], source="x", synthetic=False)


def test_the_pdf_has_the_figures(figures: dict[str, Figure], compile_typst: Callable[[str], bytes]) -> None:
    assert compile_typst("\n\n".join(f.typst() for f in figures.values())).startswith(b"%PDF")


def test_rows_of_development_stand_in_one_drawing_for_the_screen(indicator: Make) -> None:
    five = [(indicator(), SERIES)] * 5
    figure = development(five, years=(2020, 2023), source="Kolada (RKA)", synthetic=True)
    root = ElementTree.fromstring(figure.svg)
    rows = list(root)
    heights = [float(row.get("height", "0")) for row in rows]
    assert [float(row.get("y", "0")) for row in rows] == [0.0, heights[0]]
    assert float(root.get("height", "").removesuffix("pt")) == pytest.approx(sum(heights), abs=0.1)
    # matplotlib's rule for all lines stands once: a page makes attributes of it, and an attribute may stand once
    assert figure.svg.count("<style") == 1
    ids = re.findall(r'\bid="([^"]+)"', figure.svg)
    assert len(ids) == len(set(ids))


def test_an_interval_is_a_band_round_its_line(indicator: Make) -> None:
    one = indicator()
    bare = development([(one, SERIES)], years=(2020, 2023), source="K", synthetic=False)
    ends = {(one.id, 2022): (80.0, 84.0), (one.id, 2023): (82.0, 86.0)}
    banded = development([(one, SERIES)], years=(2020, 2023), source="K", synthetic=False, intervals=ends)
    assert "FillBetween" in banded.svg
    assert "FillBetween" not in bare.svg


def test_pairs_have_both_values_and_their_note(indicator: Make) -> None:
    one = indicator()
    pairs = [Pair(indicator=one, value=82.0, other=79.5, note="säker"), Pair(indicator=one, value=4, other=6)]
    figure = pair_dots(pairs, names=("kvinnor", "män"), title="Riket 2024", source="K", synthetic=True)
    assert figure.alt.replace("\u00a0", " ") == (
        "Riket 2024. Nöjdhet med hemtjänsten: kvinnor 82 procent, män 80 procent (säker). "
        "Nöjdhet med hemtjänsten: kvinnor 4 procent, män 6 procent. Syntetiska data."
    )
    for words in ("<!-- 82 -->", "<!-- 80 -->", "<!-- säker -->", "<!-- män -->"):
        assert words in figure.svg
    with pytest.raises(ValueError, match="percentages"):
        days = [Pair(indicator=indicator(Scale.DAGAR), value=1, other=2)]
        pair_dots(days, names=("a", "b"), title="", source="", synthetic=False)
    with pytest.raises(ValueError, match="at least one row"):
        pair_dots([], names=("a", "b"), title="", source="", synthetic=False)


def test_costs_and_results_have_a_dot_for_each_kommun(indicator: Make) -> None:
    points = pd.DataFrame({"cost": [100.0, 200.0, 400.0], "quality": [80.0, 70.0, 90.0]})
    figure = cost_scatter(
        points, cost=indicator(Scale.KRONOR), quality=indicator(), said="Inget samband.", source="K", synthetic=False
    )
    assert "i 3 kommuner. Medianen är 80\u00a0procent och 200" in figure.alt
    assert figure.alt.endswith("Inget samband.")
    assert "<!-- median 200 -->" in figure.svg


def test_both_maps_stand_beside_each_other(indicator: Make) -> None:
    one = indicator()
    figure = maps_together(one, {"1440": "gron", "0180": "rod"}, {"01": 80.0, "14": 91.0}, source="K", synthetic=True)
    assert "en kommun bland de bästa, en kommun bland de sämsta och 288 kommuner utan resultat" in figure.alt
    by_lan = "Länen, högst värde först: Västra Götalands län 91\u00a0procent; Stockholms län 80\u00a0procent."
    assert by_lan in figure.alt
    root = ElementTree.fromstring(figure.svg)
    said = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Bland de bästa, 1 kommun", "Inget resultat, 288 kommuner", "lägst 80 Stockholms län", "91"} <= set(said)
    ids = re.findall(r'\bid="([^"]+)"', figure.svg)
    assert len(ids) == len(set(ids))
    used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', figure.svg)
    assert {a or b for a, b in used} <= set(ids)
