from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lagesbild.catalogue.indicators import Scale
from lagesbild.methods.targets import VERDICTS
from lagesbild.presentation.kommun.report import KommunReport
from lagesbild.presentation.kommun.targets import VERDICT_WORDS, targets_section
from lagesbild.presentation.kommun.view import KommunView

from .conftest import row

Views = Callable[..., KommunView]
nan = float("nan")


def aimed(**known: Any) -> dict[str, Any]:
    """Return the report year's row of an indicator with a target."""
    target = {
        "target": 75.0,
        "target_year": 2026.0,
        "target_last_value": 69.7,
        "target_last_year": 2024.0,
        "target_distance": 5.3,
        "target_pace_needed": 2.65,
        "target_verdict": "nar_troligen_inte",
        "slope": 1.96,
    }
    return row(**{"value": 69.7, **target, **known})


def test_every_verdict_has_words() -> None:
    assert set(VERDICT_WORDS) == set(VERDICTS)


def test_a_kommun_without_targets_has_no_section(kommun_view: Views, indicator: Any) -> None:
    for without in (row(value=70.0), row(value=70.0, target_verdict=nan), row(value=70.0, target_verdict=None)):
        view = kommun_view([(indicator(), [without])])
        assert targets_section(view) == ""
        assert "Kommunens mål" not in KommunReport(view=view).summary()


def test_a_target_is_told_with_distance_pace_and_prospect(kommun_view: Views, indicator: Any) -> None:
    view = kommun_view([(indicator(), [aimed()])])
    text = targets_section(view).replace("\u00a0", " ")
    assert text.startswith("### Kommunens mål\n\nEtt mål har angetts för Ale.")
    line = next(line for line in text.splitlines() if "Nöjdhet" in line)
    cells = [part.strip() for part in line.strip("|").split("|")]
    assert cells[1:] == [
        "69,7 procent \\(2024\\)",
        "75,0 procent \\(2026\\)",
        "\\+5,3 procentenheter",
        "\\+2,7",
        "\\+2,0",
        "når troligen inte målet",
    ]
    assert "Kommunens mål" in KommunReport(view=view).summary()


def test_a_target_that_is_met_or_an_answer_has_no_distance(kommun_view: Views, indicator: Any) -> None:
    met = aimed(target_verdict="natt", target_pace_needed=nan, target_distance=-3.0)
    assert "| – | – |" in targets_section(kommun_view([(indicator(), [met])]))
    asked = aimed(target=100.0, target_last_value=0.0, target_distance=100.0, target_pace_needed=nan, slope=nan)
    asked = {**asked, "target_verdict": "gar_inte_att_saga", "answer": "nej", "value": None}
    text = targets_section(kommun_view([(indicator(Scale.JA_NEJ), [asked])]))
    assert "| nej \\(2024\\) | ja \\(2026\\) | – | – | – | går inte att säga |" in text
    unknown = aimed(target_last_value=nan, target_distance=nan, target_pace_needed=nan, target_last_year=nan, slope=nan)
    assert "| – | 75" in targets_section(kommun_view([(indicator(), [unknown])]))


def test_titles_are_escaped(kommun_view: Views, indicator: Any) -> None:
    text = targets_section(kommun_view([(indicator(title="Nöjda | *alla*"), [aimed()])]))
    assert "\\|" in text
    assert "*alla*" not in text.replace("\\*", "")
