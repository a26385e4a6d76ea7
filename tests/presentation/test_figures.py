"""National figures: the same bytes each time, in the package's font, saying what they show and from where."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.presentation.figures import development, distribution_strip, group_dots
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
