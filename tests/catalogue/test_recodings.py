"""Riksrevisionen's ten comments, each with its own case."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.recodings import RuleKind, apply_rule, breaks, series_rules
from lagesbild.catalogue.recodings_file import read_series_rules
from lagesbild.errors import CatalogueError, InputError, ParameterError


def answers(*rows: tuple[str, int, str, str | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "year", "question", "answer"])


def outcome(number: int, *rows: tuple[str, int, str, str | None]) -> list[object]:
    rule = next(rule for rule in series_rules().recodings if rule.comment == number)
    made = apply_rule(rule, answers(*rows))
    return [None if pd.isna(code) else int(code) for code in made["code"]]


def test_the_ten_comments_have_one_rule_each() -> None:
    assert [rule.comment for rule in series_rules().recodings] == list(range(1, 11))


def test_every_rule_and_break_names_indicators_of_the_catalogue() -> None:
    known = {indicator.id for indicator in load_catalogue().indicators}
    rules = series_rules()
    named = {one for rule in rules.recodings for one in (*rule.indicators, *rule.left_out)}
    named |= {one for change in rules.changes for one in change.indicators}
    assert sorted(named - known) == []


def test_comment_1_takes_external_cooperation_in_elderly_care_from_the_units() -> None:
    rule = series_rules().recodings[0]
    by_id = {indicator.id: indicator for indicator in load_catalogue().indicators}
    assert {by_id[one].survey.value for one in rule.indicators} == {"enhetsundersokning"}
    first = rule.indicators[0]
    made = apply_rule(rule, answers(("1440", 2018, first, "ja"), ("1440", 2018, "ao-rutin-samordning-lss", "ja")))
    assert list(made["series"]) == [first]


@pytest.mark.parametrize(("answer", "code"), [("nej", 0), ("delvis", 1), ("ja", 2), (None, None)])
def test_comment_2_reads_the_common_question_of_2016(answer: str | None, code: int | None) -> None:
    assert outcome(2, ("1440", 2016, "alkohol-och-droger", answer)) == [code]


@pytest.mark.parametrize(
    ("audit", "dudit", "code"),
    [("nej", "nej", 0), ("ja", "nej", 1), ("nej", "ja", 1), ("ja", "ja", 2), ("ja", None, None)],
)
def test_comment_2_adds_the_two_questions_from_2017(audit: str, dudit: str | None, code: int | None) -> None:
    assert outcome(2, ("1440", 2017, "audit", audit), ("1440", 2017, "dudit", dudit)) == [code]


def test_comment_2_says_in_words_what_a_code_means() -> None:
    rule = series_rules().recoding("rir-2-audit-dudit")
    made = apply_rule(
        rule,
        answers(
            ("1440", 2018, "dudit", "nej"),
            ("1440", 2018, "audit", "ja"),
            ("1440", 2016, "alkohol-och-droger", "delvis"),
        ),
    )
    assert list(made["year"]) == [2016, 2018]
    assert list(made["answer"]) == ["delvis", "delvis"]


def test_comment_3_breaks_the_series_where_the_question_grew() -> None:
    assert breaks("eb-utredningsmall-barn") == (2017,)
    rule = series_rules().recodings[2]
    rows = [("1440", year, "eb-utredningsmall-barn", "ja") for year in (2016, 2017, 2018)]
    assert list(apply_rule(rule, answers(*rows))["segment"]) == [0, 1, 1]


def test_comment_4_follows_whether_it_was_done_not_whether_it_was_used() -> None:
    rule = series_rules().recodings[3]
    rows = [("1440", 2018, one, "ja") for one in ("eb-uppfoljning-kon", "eb-uppfoljning-kon-anvand")]
    assert list(apply_rule(rule, answers(*rows))["series"]) == ["eb-uppfoljning-kon"]


@pytest.mark.parametrize(("answer", "code"), [("nej", 0), ("delvis", 1), ("ja", 1), (None, None)])
def test_comment_5_counts_a_decision_as_done(answer: str | None, code: int | None) -> None:
    assert outcome(5, ("1440", 2018, "ekonomiskt-bistand", answer)) == [code]


@pytest.mark.parametrize(
    ("comment", "one", "other"), [(6, "ordinart-boende", "sarskilt-boende"), (8, "oppenvard", "dygnsvard")]
)
@pytest.mark.parametrize(
    "case",
    [("nej", "nej", 0), ("delvis", "nej", 1), ("nej", "ja", 1), ("ja", None, 1), ("nej", None, None)],
)
def test_comments_6_and_8_ask_for_one_of_two_services(
    comment: int, one: str, other: str, case: tuple[str, str | None, int | None]
) -> None:
    first, second, code = case
    assert outcome(comment, ("1440", 2018, one, first), ("1440", 2018, other, second)) == [code]


@pytest.mark.parametrize(
    ("comment", "one", "other"), [(7, "ordinart-boende", "sarskilt-boende"), (9, "oppenvard", "dygnsvard")]
)
def test_comments_7_and_9_run_on_from_the_common_question_of_2016(comment: int, one: str, other: str) -> None:
    rows = [("1440", 2016, "gemensam", "ja"), ("1440", 2017, one, "nej"), ("1440", 2017, other, "nej")]
    rows += [("1440", 2018, one, "nej"), ("1440", 2018, other, "ja")]
    assert outcome(comment, *rows) == [1, 0, 1]


def test_comments_7_and_9_know_no_delvis() -> None:
    with pytest.raises(InputError, match="answer 'delvis' in 2016"):
        outcome(7, ("1440", 2016, "gemensam", "delvis"))


def test_comment_10_follows_no_such_indicator_in_elderly_care() -> None:
    rule = series_rules().recodings[9]
    areas = {one.split("-")[0] for one in rule.indicators}
    assert areas == {"eb", "bu"}
    rows = [("1440", 2018, one, "nej") for one in ("bu-foraldrastod-grupp", "ao-rutin-vald", "eb-budgetradgivning")]
    assert list(apply_rule(rule, answers(*rows))["series"]) == ["bu-foraldrastod-grupp", "eb-budgetradgivning"]


def test_a_series_that_continues_by_rule_does_not_break() -> None:
    rules = series_rules()
    for rule in rules.recodings:
        if rule.kind is RuleKind.OMKODNING and len(rule.periods) > 1:
            for one in rule.indicators:
                assert rules.continues(one) is rule
                assert rules.breaks(one) == ()
    assert rules.continues("eb-uppfoljning-anvand") is None


def test_a_change_of_method_breaks_a_series() -> None:
    assert breaks("hs-utskrivningsklar") == (2017,)
    assert breaks("ao-kostnad-sarskilt-boende") == (2013, 2021)
    assert breaks("eb-budgetradgivning") == ()


def test_a_question_of_another_year_is_refused_with_its_row() -> None:
    with pytest.raises(InputError) as refused:
        outcome(2, ("1440", 2016, "audit", "ja"), ("1440", 2016, "audit", "ja"))
    assert [fault.row for fault in refused.value.faults] == [1, 2]


def test_the_order_of_the_rows_changes_nothing() -> None:
    rule = series_rules().recoding("rir-2-audit-dudit")
    rows = answers(*[(region, 2017, q, "ja") for region in ("1440", "0180") for q in ("audit", "dudit")])
    pd.testing.assert_frame_equal(apply_rule(rule, rows), apply_rule(rule, rows.iloc[::-1]))


def test_an_unknown_rule_suggests_the_nearest() -> None:
    with pytest.raises(ParameterError, match="rir-2-audit-dudit"):
        series_rules().recoding("rir-2-audit")


BROKEN = """recodings:
  - id: en
    comment: 11
    kind: omkodning
    text: Något
    indicators: [eb-audit]
  - id: tva
    comment: 2
    kind: omkodning
    text: Något
    indicators: [eb-audit]
    periods:
      - last: 2016
        questions: [gemensam]
        codes: {nej: 0, ja: 2}
        combine: summa
      - first: 2018
        questions: [audit, dudit]
        codes: {nej: 0, ja: 1}
        combine: medel
    result: {"0": nej, "1": ja}
breaks:
  - indicators: [eb-audit]
    yeer: 2017
    text: Något
    source: Kolada
"""


def test_faults_of_the_file_are_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "recodings.yml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(CatalogueError) as refused:
        read_series_rules(path)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [
        (3, "comment"),
        (20, "combine"),
        (21, "result"),
        (24, "yeer"),
        (23, "year"),
    ]


def test_a_gap_between_two_periods_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "recodings.yml"
    text = BROKEN.replace("comment: 11", "comment: 1").replace("medel", "summa").replace("yeer", "year")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CatalogueError, match="a gap or overlap after 2016"):
        read_series_rules(path)
