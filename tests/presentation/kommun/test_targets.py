from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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
        assert not KommunReport(view=view).targets()


def cells_of(text: str, name: str = "Nöjdhet") -> list[str]:
    """Return a table row's texts, whatever the table is written in."""
    line = next(line for line in text.splitlines() if name in line and "|" in line)
    return [part.strip().replace("\u00a0", " ").replace("\\", "") for part in line.strip("|").split("|")]


def test_a_target_is_told_with_distance_pace_and_prospect(kommun_view: Views, indicator: Any) -> None:
    view = kommun_view([(indicator(), [aimed(label="sakerstalld_forbattring")])])
    text = targets_section(view)
    assert text.startswith("Ett mål har angetts för Ale.")
    assert cells_of(text)[1:] == [
        "69,7 % (2024)",
        "75,0 % (2026)",
        "+5,3",
        "+2,7 / +2,0 (säkerställd)",
        "▼ når troligen inte målet",
    ]
    assert "tbl-mal" in KommunReport(view=view).targets()


def test_a_target_that_is_met_or_an_answer_has_no_distance(kommun_view: Views, indicator: Any) -> None:
    met = aimed(target_verdict="natt", target_pace_needed=nan, target_distance=-3.0)
    assert cells_of(targets_section(kommun_view([(indicator(), [met])])))[3:5] == ["–", "– / +2,0"]
    asked = aimed(target=100.0, target_last_value=0.0, target_distance=100.0, target_pace_needed=nan, slope=nan)
    asked = {**asked, "target_verdict": "gar_inte_att_saga", "answer": "nej", "value": None}
    text = targets_section(kommun_view([(indicator(Scale.JA_NEJ), [asked])]))
    assert cells_of(text)[1:] == ["nej (2024)", "ja (2026)", "–", "–", "går inte att säga"]
    unknown = aimed(target_last_value=nan, target_distance=nan, target_pace_needed=nan, target_last_year=nan, slope=nan)
    text = targets_section(kommun_view([(indicator(), [unknown])]))
    assert cells_of(text)[1:5] == ["–", "75,0 % (2026)", "–", "–"]
    assert "Mätbart? Kommunen har inget resultat" in text


@pytest.mark.parametrize(
    ("managed", "said"),
    [
        (0, "Ingen av 250 andra kommuner har klarat det."),
        (1, "1 av 250 (under 1 procent) har klarat det."),
        (40, "40 av 250 (16 procent) har klarat det."),
    ],
)
def test_what_others_have_managed_is_said(kommun_view: Views, indicator: Any, managed: int, said: str) -> None:
    row = aimed(target_n_others=250.0, target_n_managed=float(managed))
    text = targets_section(kommun_view([(indicator(), [row])])).replace("\\", "").replace("\u00a0", " ")
    assert f"*Nöjdhet med hemtjänsten*: +5,3 procentenheter på två år. {said}" in text
    assert ("Realistiskt? Ingen annan kommun" in text) == (managed == 0)


def test_what_a_target_lacks_of_being_smarta_is_said(kommun_view: Views, indicator: Any) -> None:
    bare = targets_section(kommun_view([(indicator(), [aimed()])]))
    assert "inte vem som har beslutat målet: *Nöjdhet" in bare
    assert "inte när målet beslutades: *Nöjdhet" in bare
    assert "Realistiskt? För få andra kommuner har mätningar" in bare
    whole = aimed(target_decided_by="social|nämnden", target_decided="2024-03-12")
    whole = {**whole, "target_n_others": 250.0, "target_n_managed": 20.0}
    text = targets_section(kommun_view([(indicator(), [whole])]))
    assert "Inget saknas i kommunens mål. Ett mål är beslutat av social\\|nämnden." in text


def test_titles_are_escaped(kommun_view: Views, indicator: Any) -> None:
    text = targets_section(kommun_view([(indicator(title="Nöjda | *alla*"), [aimed()])]))
    assert "\\|" in text
    assert "*alla*" not in text.replace("\\*", "")
