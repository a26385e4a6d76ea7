"""The charts are ones that Vega-Lite understands, in the site's colours, symbols and Swedish."""

from __future__ import annotations

import json

import pytest
import vl_convert

from lagesbild.presentation import palette
from lagesbild.presentation.compare.charts import MOST_PLACES, chart_file

DATA = {
    "lines": {
        "points": [
            {"nr": nr, "run": f"{nr}-0", "x": 2020 + year, "value": 1234.5 + 100 * year, "lower": 1200, "upper": 1400}
            for nr in range(MOST_PLACES)
            for year in range(3)
        ],
        "names": [{"nr": 0, "x": 2022.2, "y": 1434.5, "name": "Ale <b>&"}],
    },
    "dots": {"points": [{"nr": 0, "place": "Ale <b>&", "value": 50, "lower": 40, "upper": 60, "text": "50"}]},
    "answers": {"points": [{"place": "Ale <b>&", "year": 2020, "answer": "ja", "text": "✓ ja"}]},
}
PARAMS = {"first": 2019.7, "last": 2022.3, "lowest": 1000, "highest": 1500, "years": [2020, 2021, 2022], "room": 90}


@pytest.mark.parametrize("kind", sorted(DATA))
@pytest.mark.parametrize("look", ["light", "dark"])
def test_a_chart_draws_its_data(kind: str, look: str) -> None:
    file = chart_file()
    chart, looks = file["charts"][kind], file["looks"][look]
    for param in chart["params"]:
        param["value"] = (looks["params"] | PARAMS).get(param["name"], param["value"])
    whole = chart | {"width": 500, "height": 200, "datasets": DATA[kind], "config": looks["config"]}
    drawn = vl_convert.vegalite_to_svg(json.dumps(whole), format_locale=file["numbers"])
    assert "Ale &lt;b&gt;&amp;" in drawn
    assert "NaN" not in drawn
    if kind == "lines":
        assert "1\u202f200" in drawn  # thousands apart as in Swedish
        colours = palette.SERIES if look == "light" else palette.SERIES_DARK
        assert all(colour in drawn for colour in colours)
        assert len({line.split('"')[0] for line in drawn.split('stroke-dasharray="')[1:]}) == MOST_PLACES


def test_the_same_charts_come_out_again() -> None:
    assert json.dumps(chart_file()) == json.dumps(chart_file())


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(("colours", "ground"), [(palette.SERIES, "#ffffff"), (palette.SERIES_DARK, "#1b232b")])
def test_names_beside_the_lines_can_be_read(colours: tuple[str, ...], ground: str) -> None:
    assert len(set(colours)) == MOST_PLACES
    for colour in colours:
        light, dark = sorted((_luminance(colour), _luminance(ground)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, colour
