from __future__ import annotations

import pandas as pd

from lagesbild.presentation.trends_page import labels_table, series_table, shares_table, verdicts_table


def test_shares_are_percent_with_one_decimal_and_counts_are_whole() -> None:
    found = pd.DataFrame({"Situation": ["Lika"], "Mätningar": [3], "Säkerställd": [4.96]})
    text = shares_table(found, "Falska larm", "tbl-larm")
    assert "| Lika | 3 | 5,0 |" in text
    assert text.endswith(": Falska larm {#tbl-larm}\n")
    assert "| 0,25 | 10 |" in shares_table(pd.DataFrame({"Lutning": [0.25], "Mätningar": [10]}), "x", "tbl-x")


def test_labels_are_summed_by_kind() -> None:
    counts = pd.DataFrame({"mojlig_okning": [2], "mojlig_forsamring": [3], "slump": [1200]}, index=["Äldreomsorg"])
    assert "| Äldreomsorg | 0 | 0 | 0 | 5 | 0 | 1\u202f200 |" in labels_table(counts)


def test_all_verdicts_have_a_row() -> None:
    text = verdicts_table(pd.Series(["natt", "natt", "nar"]))
    assert "| ✓ målet är nått | 2 |" in text
    assert "| × målet nåddes inte | 0 |" in text


def test_series_show_slope_interval_and_label() -> None:
    row = {"name": "x", "slope": -6.0, "lower": -548.9, "upper": 536.9, "p": 0.9112, "label": "slump"}
    assert "| x | −6,0 | −548,9 till 536,9 | 0,911 | inom slumpen |" in series_table(pd.DataFrame([row]))
