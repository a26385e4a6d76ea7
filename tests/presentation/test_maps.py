"""Maps: all 290 kommuner, colour never alone, small and quick."""

from __future__ import annotations

import time
from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.errors import ParameterError
from lagesbild.presentation.geometry import INSETS, SWEDEN, label_points, lan_names, paths
from lagesbild.presentation.lan_map import lan_map
from lagesbild.presentation.maps import kommun_map
from lagesbild.presentation.svg import Figure

Make = Callable[..., Indicator]
SVG = "{http://www.w3.org/2000/svg}"
CODES = sorted(paths("kommun", SWEDEN))


def results(**colours: int) -> dict[str, str | None]:
    """Return results for the first kommuner, so many of each colour; the rest have none."""
    row = [colour for colour, count in colours.items() for _ in range(count)]
    return dict(zip(CODES, row, strict=False))


def drawn(make: Make, values: dict[str, str | None], scale: Scale = Scale.PROCENT, synthetic: bool = True) -> Figure:
    return kommun_map(make(scale), values, year=2024, source="Kolada (RKA)", synthetic=synthetic)


def words(figure: Figure) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(figure.svg).iter(f"{SVG}text")]


def test_all_kommuner_and_lan_are_on_the_map() -> None:
    assert len(CODES) == 290
    assert len(lan_names()) == 21
    assert set(paths("lan", SWEDEN)) == set(lan_names())
    shown = {name: set(paths("kommun", window)) for name, window in INSETS}
    assert {"0180", "0183", "0184", "0126"} <= shown["Stockholm"]
    assert {"1480", "1481", "1402"} <= shown["Göteborg"]
    assert {"1280", "1230", "1231", "1281"} <= shown["Malmö"]


def test_labels_of_lan_stand_inside_the_drawing() -> None:
    for x, y in label_points("lan", SWEDEN).values():
        assert 0 < x < SWEDEN.width
        assert 0 < y < SWEDEN.height


def test_the_map_counts_what_it_shows(indicator: Make) -> None:
    figure = drawn(indicator, results(gron=60, gul=120, rod=61))
    assert figure.alt == (
        "Karta över kommunerna. Nöjdhet med hemtjänsten, 2024: 60 kommuner bland de bästa, 120 kommuner i mitten, "
        "61 kommuner bland de sämsta och 49 kommuner utan resultat. Syntetiska data."
    )
    said = words(figure)
    assert "Bland de sämsta, 61 kommuner" in said
    assert "Inget resultat, 49 kommuner" in said
    assert {"▲", "■", "▼"} <= set(said)


def test_every_kommun_has_the_paint_of_its_result(indicator: Make) -> None:
    root = ElementTree.fromstring(drawn(indicator, results(gron=60, gul=120, rod=61)).svg)
    whole = root.findall(f"{SVG}svg")[0]
    counts = {g.get("fill"): len(list(g.iter(f"{SVG}path"))) for g in whole.iter(f"{SVG}g") if g.get("fill")}
    assert counts == {
        "#2a9d8f": 60,
        "#f4c04e": 120,
        "#a83018": 61,
        "#d9dde0": 49,
    }
    areas = {g.get("id"): len(g.findall(f"{SVG}path")) for g in whole.iter(f"{SVG}g") if g.get("id")}
    marks = {use.get("fill"): areas[use.get("href", "")[1:]] for use in whole.iter(f"{SVG}use")}
    assert marks == {"url(#karta-ao-prov-gul)": 120, "url(#karta-ao-prov-rod)": 61}
    patterns = {p.get("id"): len(p) for p in root.iter(f"{SVG}pattern")}
    assert patterns == {"karta-ao-prov-gul": 1, "karta-ao-prov-rod": 1}  # dotted, hatched; green is plain


def test_answers_have_their_own_words(indicator: Make) -> None:
    figure = drawn(indicator, results(ja=200, nej=50), Scale.JA_NEJ)
    said = words(figure)
    assert "Ja, 200 kommuner" in said
    assert not [w for w in said if w.startswith("Delvis")]
    assert "200 kommuner svarar ja, 50 kommuner svarar nej och 40 kommuner utan resultat" in figure.alt
    partly = drawn(indicator, results(ja=200, nej=50), Scale.JA_DELVIS_NEJ)
    assert "Delvis, inga kommuner" in words(partly)


def test_maps_are_small_quick_and_alike(indicator: Make) -> None:
    values = results(gron=60, gul=120, rod=61)
    drawn(indicator, values)
    start = time.process_time()
    figure = drawn(indicator, values)
    assert time.process_time() - start < 0.5
    assert len(figure.svg.encode()) < 250_000
    assert figure == drawn(indicator, dict(reversed(values.items())))


def test_real_data_are_not_called_synthetic(indicator: Make) -> None:
    figure = drawn(indicator, {}, synthetic=False)
    assert "Syntetiska" not in figure.svg + figure.alt
    assert "Källa: Kolada (RKA)" in words(figure)


def test_lan_have_their_values_on_the_map_and_in_order_beside_it(indicator: Make) -> None:
    values: dict[str, float | None] = {code: 60.0 + n for n, code in enumerate(lan_names())}
    values["09"] = None
    figure = lan_map(indicator(), values, year=2024, source="x", synthetic=False)
    said = words(figure)
    assert said.count("80") == 2  # Norrbotten, on the map and in the list
    names = [w for w in said if w.endswith(" län")]
    assert names[0] == "Norrbottens län"
    assert names[-1] == "Gotlands län"
    assert "uppgift saknas" in said
    assert "högst värde först: Norrbottens län 80 procent;" in figure.alt.replace("\u00a0", " ")


def test_wide_values_are_numbered_on_the_map(indicator: Make) -> None:
    values: dict[str, float | None] = {code: 60_000.0 + n for n, code in enumerate(lan_names())}
    said = words(lan_map(indicator(Scale.KRONOR), values, year=2024, source="x", synthetic=False))
    assert "1. Norrbottens län" in said
    assert said.count("60\u202f020") == 1
    assert {str(n) for n in range(1, 22)} <= set(said)


def test_an_unknown_place_is_refused(indicator: Make) -> None:
    with pytest.raises(ParameterError, match="9999"):
        drawn(indicator, {"9999": "gron"})
    with pytest.raises(ParameterError, match="län"):
        lan_map(indicator(), {"02": 1.0}, year=2024, source="x", synthetic=False)


def test_the_pdf_has_the_maps(indicator: Make, compile_typst: Callable[[str], bytes]) -> None:
    assert compile_typst(drawn(indicator, results(gron=5, gul=5, rod=5)).typst()).startswith(b"%PDF")
