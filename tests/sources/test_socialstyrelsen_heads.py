"""Heads cut short still tell columns apart, and show nobody's data."""

from __future__ import annotations

from lagesbild.sources.socialstyrelsen_heads import told_apart

SAME = "Aktuella rutiner finns för hur planering av den enskildes vård och omsorg genomförs"


def test_heads_that_begin_alike_are_shown_from_where_they_differ() -> None:
    got = told_apart([f"8. {SAME} av olika aktörer.", f"9. {SAME} med den enskilde.", f"10. {SAME} med anhöriga."])
    assert got == [
        "8. Aktuella rutiner fin… av olika aktörer.",
        "9. Aktuella rutiner fin… den enskilde.",
        "10. Aktuella rutiner fin… anhöriga.",
    ]


def test_a_short_head_and_a_long_one_of_its_own_keep_their_beginning() -> None:
    long = "2. " + "Andel personer med aktuell genomförandeplan och mycket mer " * 2
    short, cut = told_apart(["1. Finska. Procent.", long])
    assert short == "1. Finska. Procent."
    assert cut.startswith("2. Andel personer med aktuell genomförandeplan")
    assert (cut[-1], len(cut)) == ("…", 63)


def test_equal_heads_stay_equal() -> None:
    assert len(set(told_apart([SAME, SAME]))) == 1


def test_numbers_and_addresses_are_masked_before_the_cut() -> None:
    got = told_apart([f"{SAME} 191212121212 anna@example.se", f"{SAME} annat"])
    assert "1212" not in got[0]
    assert "example" not in got[0]
