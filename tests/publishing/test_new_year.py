"""A new year is prepared from the last: nothing is overwritten, and nothing counts before a person has read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.prose_reaim import reaimed
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.errors import InputError, ParameterError
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.new_year import prepare_year
from lagesbild.sources.comment_files import read_comment_files
from lagesbild.sources.mapping_file import load_mapping

NOJD, RESTS = "ao-hemtjanst-nojdhet", "ao-personalkontinuitet"
PROSE = (
    f"[Andelen har ökat från {{{{< varde {NOJD} riket 2016 enhet=nej >}}}} till "
    f"{{{{< varde {NOJD} riket 2024 >}}}} sedan\n"
    f"2016]{{.pastaende indikator={NOJD} riktning=okat sedan=2016}}. Lagen (2016:24) gällde 2018 och 2024.\n\n"
    f"Sedan 2016. [Fler än 2023]{{.pastaende indikator={RESTS} riktning=okat sedan=2023}}.\n"
)
MAPPING = """survey: enhetsundersokning
year: 2024
source: Syntetiska data
sheets:
  - area: aldreomsorg
    sheet: Resultat
    columns:
      - {head: "Kontakt", indicator: ao-hemtjanst-kontaktman}
"""


@pytest.fixture
def layout(tmp_path: Path) -> Layout:
    prose = tmp_path / "data/analys/demo/2024/aldre/aldreomsorg.md"
    mapping = tmp_path / "data/mappings/socialstyrelsen/enhetsundersokning-2024.yml"
    comment = tmp_path / "in/analytiker/kommentarer/1440.md"
    for path, text in ((prose, PROSE), (mapping, MAPPING), (comment, "Från: kommunen\n\nText.\n")):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Layout(root=tmp_path, source="demo", year=2025)


def files(root: Path) -> dict[str, bytes]:
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_values_and_claims_are_aimed_and_marked_and_years_of_other_things_stand() -> None:
    text = reaimed(PROSE, 2024, 2025)
    prose, faults = read_prose(text, file="x.md", catalogue=load_catalogue())
    assert faults == []
    assert prose.review
    assert [(value.year, value.review) for value in prose.inline_values] == [(2017, True), (2025, True)]
    assert [(claim.since, claim.review) for claim in prose.claims] == [(2017, True), (2024, True)]
    assert "sedan\n2017]" in text
    assert "Lagen (2016:24) gällde 2018 och 2025." in text
    assert "\nSedan 2016. [Fler än 2024]" in text


def test_aiming_twice_marks_once() -> None:
    again = reaimed(reaimed(PROSE, 2024, 2025), 2025, 2026)
    assert again.count("Att granska") == 1
    assert again.count("att-granska") == reaimed(PROSE, 2024, 2025).count("att-granska") == 4


def test_everything_is_prepared_and_a_second_time_nothing_changes(layout: Layout) -> None:
    analyst = layout.root / "in/analytiker"
    made = prepare_year(layout, before=2024, analyst=analyst)
    names = {path.relative_to(layout.root).as_posix() for path in made.written}
    assert names == {
        "data/analys/demo/2025/aldre/aldreomsorg.md",
        "data/analys/demo/2025/checklista.md",
        "data/mappings/socialstyrelsen/enhetsundersokning-2025.yml",
        "in/analytiker-2025/kommentarer/1440.md",
    }
    before = files(layout.root)
    again = prepare_year(layout, before=2024, analyst=analyst)
    assert again.written == []
    assert files(layout.root) == before


def test_what_somebody_has_begun_with_is_never_overwritten(layout: Layout) -> None:
    own = layout.root / "data/analys/demo/2025/aldre/aldreomsorg.md"
    own.parent.mkdir(parents=True)
    own.write_text("Egen text.\n", encoding="utf-8")
    prepare_year(layout, before=2024)
    checklist = layout.root / "data/analys/demo/2025/checklista.md"
    checklist.write_text("Avbockat.\n", encoding="utf-8")
    prepare_year(layout, before=2024)
    assert own.read_text(encoding="utf-8") == "Egen text.\n"
    assert checklist.read_text(encoding="utf-8") == "Avbockat.\n"
    assert (layout.root / "data/analys/demo/2025/checklista-nu.md").is_file()


def test_checklist_tells_what_is_measured_and_what_has_no_mapping(layout: Layout) -> None:
    catalogue = load_catalogue()
    text = prepare_year(layout, before=2024, analyst=layout.root / "in/analytiker").text
    schedule = text.split("## Mappningar")[0]
    for one in catalogue.in_area("aldreomsorg"):
        changed = one.measured(2024) != one.measured(2025)
        assert (f"- {one.id}:" in schedule.split("### Ekonomiskt")[0]) >= changed, one.id
    assert f"Mäts inte 2025: {RESTS}" in text
    without = text.split("### Utan mappning")[1].split("\n## ")[0]
    named = [line.split(":")[0].removeprefix("- ") for line in without.splitlines() if line.startswith("- ")]
    assert named == [
        one.id
        for one in catalogue.indicators
        if one.measured(2025) and one.kolada is None and one.id != "ao-hemtjanst-kontaktman"
    ]


def test_copies_are_refused_until_somebody_has_read_them(layout: Layout) -> None:
    prepare_year(layout, before=2024, analyst=layout.root / "in/analytiker")
    mapping = layout.root / "data/mappings/socialstyrelsen/enhetsundersokning-2025.yml"
    with pytest.raises(InputError, match="nobody has reviewed"):
        load_mapping(mapping, catalogue=load_catalogue())
    mapping.write_text("".join(mapping.read_text(encoding="utf-8").splitlines(keepends=True)[1:]), encoding="utf-8")
    assert load_mapping(mapping, catalogue=load_catalogue()).year == 2025
    comments, faults = read_comment_files(layout.root / "in/analytiker-2025/kommentarer")
    assert comments is None
    assert [(fault.row, "nobody has reviewed" in fault.what) for fault in faults] == [(2, True)]


def test_a_year_past_the_plan_is_refused(layout: Layout) -> None:
    with pytest.raises(ParameterError, match="2031"):
        prepare_year(Layout(root=layout.root, source="demo", year=2040), before=2039)
