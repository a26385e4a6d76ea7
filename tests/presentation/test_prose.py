"""Analysts' prose as readers meet it: units, decimals, marks of what may not be shown, and nothing that runs."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.methods.prose_figures import DIFFERENCE_COLUMNS, FIGURE_COLUMNS, ProseFigures
from lagesbild.presentation.prose.markdown import prose_markdown

NOJD, DAYS, SHARE = "ao-hemtjanst-nojdhet", "ao-vantetid-sarskilt-boende", "eb-barn-i-hushall-med-bistand"


def row(indicator: str, level: str, region: str, year: int, value: float | None, **more: Any) -> dict[str, Any]:
    plain = dict.fromkeys(FIGURE_COLUMNS)
    own = {"weighting": "ovagd" if level in ("lan", "kommungrupp") else "redovisad", "n_kommuner": 7.0, "sex": "T"}
    place = {"indicator": indicator, "level": level, "region": region, "year": year, "value": value}
    return plain | own | place | {"status": "ok" if value is not None else "sekretess"} | more


ROWS = [
    row(NOJD, "rike", "0000", 2019, 91.4),
    row(NOJD, "rike", "0000", 2024, 87.5),
    row(NOJD, "kommungrupp", "A1", 2024, 88.25),
    row(NOJD, "kommun", "1440", 2024, None),
    *(row(NOJD, "kommun", code, 2024, 90.0) for code in ("0114", "0115")),
    row(DAYS, "rike", "0000", 2024, 1.0),
    row(SHARE, "rike", "0000", 2019, 10.4),
    row(SHARE, "rike", "0000", 2024, 9.6),
]


def shown(text: str, marks: dict[int, str] | None = None) -> str:
    prose, faults = read_prose(text, file="x.md", catalogue=load_catalogue())
    assert faults == [], [str(fault) for fault in faults]
    numbers = ("value", "denominator", "n_kommuner", "lower", "upper")
    frame = pd.DataFrame(ROWS).astype(dict.fromkeys(numbers, "float64"))
    told = pd.DataFrame(columns=list(DIFFERENCE_COLUMNS))
    figures = ProseFigures(figures=frame, differences=told, year=2024, years=range(2016, 2025))
    return prose_markdown(prose, figures, level=3, marks=marks)


def value(options: str) -> str:
    return shown(f"{{{{< varde {options} >}}}}").replace("\\", "").replace("\u00a0", " ")


def test_values_have_unit_and_decimals() -> None:
    assert value(f"{NOJD} riket 2024") == "88 procent"
    assert value(f"{NOJD} riket 2024 enhet=nej") == "88"
    assert value(f"{NOJD} kommungrupp=A1 2024") == "88 procent"
    assert value(f"{DAYS} riket 2024") == "1 dag"
    assert value(f"{NOJD} riket 2024 sedan=2019") == "\u22123,9 procentenheter"
    assert value(f"{NOJD} riket 2024 visa=antal") == "två kommuner"
    assert value(f"{NOJD} kommungrupp=A1 2024 visa=antal") == "sju kommuner"


def test_withheld_value_is_its_mark_in_every_form() -> None:
    assert value(f"{NOJD} kommun=Ale 2024") == ".."
    assert value(f"{NOJD} kommun=Ale 2024 enhet=nej") == ".."
    assert value(f"{NOJD} kommun=Ale 2024 sedan=2019") == ".."


def test_values_of_one_claim_have_the_same_decimals_and_a_change_no_sign() -> None:
    text = shown(
        f"[Från {{{{< varde {SHARE} riket 2019 enhet=nej >}}}} till {{{{< varde {SHARE} riket 2024 >}}}}, "
        f"{{{{< varde {SHARE} riket 2024 sedan=2019 >}}}}]{{.pastaende indikator={SHARE} riktning=minskat sedan=2019}}"
    )
    assert text.replace("\u00a0", " ") == "Från 10,4 till 9,6 procent, 0,8 procentenheter"


def test_text_is_literal_and_headings_are_at_their_level() -> None:
    assert (
        shown("## Om @fig-a & $x$\n\nSe *det* **här**.")
        == "### Om \\@fig\\-a \\& \\$x\\$\n\nSe *det* **här**\\.\n\n### Uppgifterna"
    )
    assert shown("- a\n- b [ord](https://exempel.se)") == "- a\n- b [ord](https://exempel.se)"


def test_draft_marks_stand_in_the_text() -> None:
    text = f"{{{{< varde {NOJD} riket 2024 >}}}} är"
    prose, _ = read_prose(text, file="x.md", catalogue=load_catalogue())
    frame = pd.DataFrame(ROWS).astype({"value": "float64"})
    figures = ProseFigures(
        figures=frame, differences=pd.DataFrame(columns=list(DIFFERENCE_COLUMNS)), year=2024, years=range(2016, 2025)
    )
    marked = prose_markdown(prose, figures, level=3, marks={id(prose.inline_values[0]): "Att granska"})
    assert marked.endswith(" **\\[⚠ Att granska\\]** är")
    broken, _ = read_prose("Det är 12 och {{< varde x riket 2024 >}} till", file="x.md", catalogue=load_catalogue())
    told = prose_markdown(broken, figures, level=3).replace("\\", "")
    assert "Det är 12 och **[⚠ talet är skrivet för hand]** {{" in told
