"""Prose of a release: checked against its figures, all faults at once; part of what a lägesrapport is made from."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.areas import STATUS_REPORTS, status_report
from lagesbild.catalogue.vocabulary import Status
from lagesbild.errors import ProseError
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.prose import release_prose, report_prose
from lagesbild.publishing.prose_files import prose_folder, prose_inputs
from lagesbild.publishing.prose_release import claims_table
from lagesbild.publishing.underlag import read_frames

ALDRE = status_report("aldre")
NOJD = "ao-hemtjanst-nojdhet"


@pytest.fixture
def written(world: Layout, tmp_path: Path) -> Layout:
    """Return the demo with a root of its own, so that prose can be put beside it."""
    (tmp_path / "_work").symlink_to(world.root / "_work")
    return Layout(root=tmp_path, source=world.source, year=world.year)


def write(layout: Layout, name: str, text: str) -> Path:
    path = prose_folder(layout) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def riket(layout: Layout) -> float:
    rows = read_frames(layout, "jamforelser", ["aldreomsorg"])
    rows = rows[(rows["indicator"] == NOJD) & (rows["year"] == 2024) & (rows["sex"] == "T")]
    return float(rows["riket"].iloc[0])


def test_without_prose_there_is_none(written: Layout) -> None:
    assert report_prose(written, ALDRE, level=3) == {}
    assert prose_inputs(written, ALDRE) == {}


def test_prose_that_holds(written: Layout) -> None:
    level = int(riket(written)) - 5
    write(
        written,
        "aldre/aldreomsorg.md",
        f"[Nivån är god]{{.pastaende indikator={NOJD} over={level}}}: {{{{< varde {NOJD} riket 2024 >}}}}.",
    )
    text = report_prose(written, ALDRE, level=3)["aldreomsorg"].replace("\\", "")
    assert text.startswith("Nivån är god: ")
    assert "procent" in text
    assert ",ja," in claims_table(release_prose(written, STATUS_REPORTS))


def test_all_faults_of_all_files_in_one_error(written: Layout) -> None:
    level = int(riket(written)) + 5
    write(written, "aldre/korthet.md", f"Text.\n\n[Högt]{{.pastaende indikator={NOJD} over={level}}}")
    write(written, "aldre/aldreomsorg.md", f"Andelen är 12. {{{{< varde {NOJD} riket 2011 >}}}}")
    write(written, "funktionsnedsattning/korthet.md", f"{{{{< varde {NOJD} riket 2024 >}}}}")
    write(written, "funktionsnedsattning/lss.md", "Text.")
    write(written, "ifo/korthet.md", "Text.")
    with pytest.raises(ProseError) as caught:
        release_prose(written, STATUS_REPORTS).check()
    told = str(caught.value).replace("\u00a0", " ")
    assert len(caught.value.faults) == 6
    assert 'data/analys/demo/2024/aldre/korthet.md, row 3: the claim "Högt" no longer holds' in told
    assert f"över {level} procent" in told
    assert "the figures say" in told
    assert "typed number '12'" in told
    assert "2011 is not among the years" in told
    assert "is not about" in told
    assert "unknown part" in told
    assert "unknown lägesrapport: 'ifo'" in told


def test_a_draft_shows_what_does_not_hold(written: Layout) -> None:
    text = f"Så här. [Allt har ökat]{{.pastaende indikator={NOJD} over=99,9}}. Det är 12."
    write(written, "aldre/korthet.md", text)
    with pytest.raises(ProseError):
        report_prose(written, ALDRE, level=3)
    draft = report_prose(written, ALDRE, level=3, draft=True)["korthet"].replace("\\", "")
    assert "Allt har ökat **[⚠ Stämmer inte: " in draft
    assert "**[⚠ talet är skrivet för hand]**" in draft


def test_what_is_to_be_reviewed_stops_the_build(written: Layout) -> None:
    write(written, "aldre/korthet.md", f"Att granska.\n\n{{{{< varde {NOJD} riket 2024 att-granska >}}}}")
    faults = release_prose(written, [ALDRE]).faults
    assert [fault.row for fault in faults] == [1, 3]
    draft = report_prose(written, ALDRE, level=3, draft=True)["korthet"]
    assert draft.startswith("**⚠ Hela texten är kopierad")
    assert "Att granska" in draft


def test_withheld_figure_is_never_printed(written: Layout) -> None:
    frame = read_frames(written, "indikatorer", ["aldreomsorg"])
    own = frame[(frame["level"] == "kommun") & (frame["sex"] == "T") & (frame["year"] == 2024)]
    secret = own[own["status"] == Status.SEKRETESS].iloc[0]
    name, kommun = secret["indicator"], secret["region"]
    write(written, "aldre/korthet.md", f"{{{{< varde {name} kommun={kommun} 2024 >}}}}")
    assert report_prose(written, ALDRE, level=3)["korthet"].replace("\\", "") == ".."
    write(written, "aldre/korthet.md", f"[Högt]{{.pastaende indikator={name} kommun={kommun} over=1}}")
    faults = release_prose(written, [ALDRE]).faults
    assert len(faults) == 1
    assert "sekretesskäl" in faults[0].what


def test_changed_prose_makes_the_report_anew(written: Layout) -> None:
    write(written, "aldre/korthet.md", "Text.")
    before = prose_inputs(written, ALDRE)
    assert list(before) == ["data/analys/demo/2024/aldre/korthet.md"]
    write(written, "aldre/korthet.md", "Annan text.")
    assert prose_inputs(written, ALDRE) != before
