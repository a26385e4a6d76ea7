"""The language of analysts' prose: what it means, and what is refused with its line."""

from __future__ import annotations

import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.prose_numbers import typed_numbers
from lagesbild.catalogue.prose_parts import RIKET, Broken, Claim, Fixed, Prose, Says, Show, Value
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.catalogue.vocabulary import Level, Sex
from lagesbild.errors import Fault

NOJD = "ao-hemtjanst-nojdhet"


def read(text: str) -> tuple[Prose, list[Fault]]:
    return read_prose(text, file="aldre/korthet.md", catalogue=load_catalogue())


def only_fault(text: str) -> Fault:
    prose, faults = read(text)
    assert len(faults) == 1, [str(fault) for fault in faults]
    assert prose.blocks or not text
    return faults[0]


def test_value_of_riket_and_of_others() -> None:
    prose, faults = read(
        f"Andelen är {{{{< varde {NOJD} riket 2024 >}}}}.\n\n"
        f"- {{{{< varde {NOJD} kommungrupp=Storstäder 2024 kon=kvinnor enhet=nej >}}}}\n"
        f"- {{{{< varde {NOJD} lan=14 2024 visa=antal >}}}}\n"
        f"- {{{{< varde {NOJD} kommun=Ale 2024 sedan=2019 >}}}}"
    )
    assert faults == []
    riket, group, lan, kommun = prose.inline_values
    assert (riket.place, riket.year, riket.sex, riket.show, riket.unit) == (RIKET, 2024, Sex.TOTAL, Show.VARDE, True)
    assert (group.place.level, group.place.code, group.sex, group.unit) == (Level.KOMMUNGRUPP, "A1", Sex.KVINNOR, False)
    assert (lan.place.code, lan.show) == ("14", Show.ANTAL)
    assert (kommun.place.code, kommun.show, kommun.since) == ("1440", Show.SKILLNAD, 2019)
    assert [block.kind for block in prose.blocks] == ["paragraph", "bullets"]
    assert [value.line for value in prose.inline_values] == [1, 3, 4, 5]


def test_claim_over_several_lines() -> None:
    prose, faults = read(
        f"[Andelen har ökat till\n{{{{< varde {NOJD} riket 2024 >}}}}]{{.pastaende\nindikator={NOJD} riktning=okat "
        f"sedan=2019}}. [Män]{{.pastaende indikator={NOJD} kon=man jamfort=hogre an=kvinnor sakerstallt=nej}}"
    )
    assert faults == []
    change, sexes = prose.claims
    assert (change.says, change.way, change.since, change.secured) == (Says.RIKTNING, "okat", 2019, True)
    assert any(isinstance(piece, Value) for piece in change.pieces)
    assert (sexes.says, sexes.sex, sexes.than, sexes.secured) == (Says.JAMFORT, Sex.MAN, Sex.KVINNOR, False)


@pytest.mark.parametrize(
    "text",
    [
        *("mars 2024", "den 12 mars 2024", "lagen (2001:453)", "11 kap. 2 §", "9 § LSS", "2016–2024", "2024-03-12"),
        *("SCB-FS 2016:17", "prop. 2024/25:89", "en av flera", "år 2030"),
    ],
)
def test_years_dates_and_law_may_be_typed(text: str) -> None:
    assert typed_numbers(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        *[("87 procent", "87"), ("12 345 kronor", "12 345"), ("3,5 gånger", "3,5"), ("tre procent", "tre procent")],
        *[("tre av fyra", "tre av fyra"), ("en tredjedel", "tredjedel"), ("2024,5", "2024,5"), ("1850 st", "1850")],
    ],
)
def test_other_numbers_may_not(text: str, found: str) -> None:
    assert typed_numbers(text) == [found]


def test_typed_number_names_its_line() -> None:
    fault = only_fault("Första raden.\n\nAndelen är\n87 procent.")
    assert (fault.row, fault.file) == (4, "aldre/korthet.md")
    assert "'87'" in fault.what


def test_level_of_a_claim_may_be_typed_in_it() -> None:
    _, faults = read(f"[Fler än 80 procent är nöjda]{{.pastaende indikator={NOJD} over=80}}")
    assert faults == []
    assert "'81'" in only_fault(f"[Fler än 81 procent]{{.pastaende indikator={NOJD} over=80}}").what


def test_fixed_number_needs_its_reason() -> None:
    prose, faults = read('Sverige har [290]{.fast skal="antalet kommuner"} kommuner.')
    assert faults == []
    assert [piece.text for piece in prose.pieces() if isinstance(piece, Fixed)] == ["290"]
    assert "without a reason" in only_fault("Sverige har [290]{.fast} kommuner.").what


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{{< varde ao-hemtjanst-nojdet riket 2024 >}}", "ao-hemtjanst-nojdhet"),
        (f"{{{{< varde {NOJD} kommungrupp=Storstad 2024 >}}}}", "Storstäder"),
        (f"{{{{< varde {NOJD} kommun=Alle 2024 >}}}}", "Ale"),
        (f"{{{{< varde {NOJD} riket 2024 kön=kvinnor >}}}}", "kon"),
        (f"{{{{< varde {NOJD} riket 2024 kon=kvinna >}}}}", "kvinnor"),
        (f"{{{{< varde {NOJD} riket 2024 sedan=2025 >}}}}", "not before"),
        (f"{{{{< varde {NOJD} riket >}}}}", "words"),
        (f"{{{{< värde {NOJD} riket 2024 >}}}}", "varde"),
        ("{{< include /etc/passwd >}}", "varde"),
        (f"[Så]{{.pastaende indikator={NOJD} riktning=ökat sedan=2019}}", "okat"),
        (f"[Så]{{.pastaende indikator={NOJD} riktning=okat}}", "sedan"),
        (f"[Så]{{.pastaende indikator={NOJD}}}", "one thing"),
        (f"[Så]{{.pastaende indikator={NOJD} over=80 under=90}}", "says 2"),
        (f"[Så]{{.pastaende indikator={NOJD} rang=hogst}}", "kommungrupp"),
        (f"[Det har minskat]{{.pastaende indikator={NOJD} riktning=okat sedan=2019}}", "minskat"),
        ("[Så]{.claim}", "neither"),
        ("<script>alert</script>", "HTML"),
        ("`import os`", "code"),
        ("{python} os", "brace"),
        ("# Rubrik", "heading"),
        ("![bild](x.png)", "picture"),
        ("[ord](http://exempel.se)", "https"),
    ],
)
def test_what_is_refused(text: str, told: str) -> None:
    _, faults = read(text)
    assert faults
    assert any(told in str(fault) for fault in faults), [str(fault) for fault in faults]
    assert all(fault.row == 1 for fault in faults)


def test_all_faults_are_told_and_a_draft_can_still_be_shown() -> None:
    prose, faults = read("Andelen är 87.\n\n{{< varde x riket 2024 >}}\n\n[Så]{.pastaende indikator=y over=3}")
    assert [fault.row for fault in faults] == [1, 3, 5]
    assert sum(isinstance(piece, Broken) for piece in prose.pieces()) == 3


def test_marks_of_review() -> None:
    prose, _ = read(f"Att granska: kopierad från 2024\n\n{{{{< varde {NOJD} riket 2025 att-granska >}}}}")
    assert prose.review
    assert prose.inline_values[0].review
    claim = read(f"[Så]{{.pastaende .att-granska indikator={NOJD} over=3}}")[0].pieces()[0]
    assert isinstance(claim, Claim)
    assert claim.review


def test_headings_lists_and_emphasis() -> None:
    prose, faults = read("## Rubrik\nText med *lutning* och **fetstil**.\n1. ett\n2. annat\n\n- punkt")
    assert faults == []
    assert [block.kind for block in prose.blocks] == ["heading", "paragraph", "numbers", "bullets"]
