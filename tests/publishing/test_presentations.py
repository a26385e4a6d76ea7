"""A kommun's slides from its underlag: what they say, that all can read them, and that nothing falls outside."""

from __future__ import annotations

import io
import re
import shutil
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
import yaml
from pptx import Presentation
from pptx.presentation import Presentation as Slides
from pptx.util import Emu

from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import DocumentError, NotBuiltError, ParameterError
from lagesbild.provenance.slide_accessibility import slide_faults
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.embedded.pandoc_process import pandoc_path
from lagesbild.publishing.engines import Document
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.pptx_file import created_date, finished
from lagesbild.publishing.presentations import make_presentations
from lagesbild.publishing.quarto_cli import QuartoEngine
from lagesbild.publishing.run_document import run_document
from lagesbild.publishing.slide_template import reference_document

REPOSITORY = Path(__file__).resolve().parents[2]
#: A large kommun, a small one with gaps, and a long name.
KOMMUNER = {"0180": "0180-stockholm", "2403": "2403-bjurholm", "0139": "0139-upplands-bro"}
SMALLEST = Emu(12 * 12_700)


@pytest.fixture(scope="module")
def made(world: Layout, tmp_path_factory: pytest.TempPathFactory) -> Layout:
    """Return a root where the slides of three kommuner are made."""
    layout = Layout(root=tmp_path_factory.mktemp("bilder"), source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    for kod in KOMMUNER:
        shutil.copy(world.underlag / f"{kod}.parquet", layout.underlag)
    result = make_presentations(layout, list(KOMMUNER), engine="embedded")
    result.raise_failures()
    assert result.made == len(KOMMUNER)
    return layout


def _file(layout: Layout, kod: str) -> Path:
    return layout.kommun_folder(KOMMUNER[kod]) / "presentation.pptx"


@pytest.fixture(scope="module", params=KOMMUNER)
def slides(made: Layout, request: pytest.FixtureRequest) -> Slides:
    return Presentation(str(_file(made, request.param)))


def _parts(path: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            yield name, archive.read(name).decode("utf-8", "replace")


def _texts(slide) -> list[str]:
    return [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]


def test_a_meeting_gets_eight_to_twelve_slides_each_with_a_title_of_its_own(slides: Slides) -> None:
    titles = [slide.shapes.title.text for slide in slides.slides]
    assert 8 <= len(titles) <= 12
    assert len(set(titles)) == len(titles)
    assert titles[0].endswith(": öppna jämförelser 2024")
    assert titles[-3:] == ["Frågor att ställa", "Så säkra är uppgifterna", "Källor och mer att läsa"]
    assert slides.core_properties.title == titles[0]
    assert slides.core_properties.language == "sv-SE"
    assert abs(slides.slide_width / slides.slide_height - 16 / 9) < 0.001


def test_every_slide_says_that_the_figures_are_invented(slides: Slides) -> None:
    for slide in slides.slides:
        assert any("Syntetiska data" in text for text in _texts(slide))


def test_the_title_is_read_first_and_the_slide_number_last(slides: Slides) -> None:
    for slide in list(slides.slides)[1:]:
        names = [shape.name for shape in slide.shapes]
        assert slide.shapes[0] == slide.shapes.title
        assert names[-1] == "Bildnummer"


def test_every_table_and_drawing_has_a_text_alternative(slides: Slides) -> None:
    drawn = [
        shape._element.xpath("./*/p:cNvPr")[0]
        for slide in slides.slides
        for shape in slide.shapes
        if shape.has_table or shape._element.tag.endswith(("}grpSp", "}pic"))
    ]
    assert len(drawn) >= 4
    assert all(len(one.get("descr", "")) > 20 for one in drawn)
    picture = next(one for one in drawn if one.get("name") == "Plats bland kommunerna")
    assert re.search(r"plats \d+ av \d+", picture.get("descr"))


def test_every_run_of_text_is_marked_as_swedish(made: Layout) -> None:
    for kod in KOMMUNER:
        for name, xml in _parts(_file(made, kod)):
            if name.startswith(("ppt/slides/slide", "ppt/notesSlides/notesSlide")):
                runs = re.findall(r"<a:(?:rPr|endParaRPr)\b[^>]*>", xml)
                assert runs, name
                assert all('lang="sv-SE"' in run for run in runs), name


def test_every_slide_has_notes_for_the_speaker(slides: Slides) -> None:
    notes = [slide.notes_slide.notes_text_frame.text for slide in slides.slides if slide.has_notes_slide]
    assert len(notes) == len(slides.slides)
    assert all(len(text) > 40 for text in notes)


def test_nothing_stands_outside_the_slide_and_no_text_is_too_small(slides: Slides) -> None:
    for slide in slides.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.top >= 0
            assert shape.left + shape.width <= slides.slide_width
            assert shape.top + shape.height <= slides.slide_height
            if shape.has_table:
                assert 2 <= len(shape.table.rows) <= 7
                sizes = [
                    run.font.size
                    for row in shape.table.rows
                    for c in row.cells
                    for p in c.text_frame.paragraphs
                    for run in p.runs
                ]
                assert min(sizes) >= Emu(16 * 12_700)
            elif shape.has_text_frame:
                sizes = [run.font.size for p in shape.text_frame.paragraphs for run in p.runs if run.font.size]
                assert all(size >= SMALLEST for size in sizes)


def test_numbers_are_written_as_swedish_writes_them(slides: Slides) -> None:
    cells = [
        cell.text
        for s in slides.slides
        for one in s.shapes
        if one.has_table
        for row in one.table.rows
        for cell in row.cells
    ]
    assert any(re.fullmatch(r"\d+(,\d)?\u00a0%", text) for text in cells)
    assert not [text for text in cells if re.search(r"\d\.\d|\bnan\b|None", text)]


def test_a_result_that_becomes_withheld_leaves_every_part(made: Layout, tmp_path: Path) -> None:
    layout = Layout(root=tmp_path, source="demo", year=2024)
    layout.underlag.mkdir(parents=True)
    frame = pd.read_parquet(made.underlag / "0180.parquet")
    told = next(xml for name, xml in _parts(_file(made, "0180")) if name == "ppt/slides/slide2.xml")
    shown = re.search(r"till den bästa\. ([^:]*): ([^.]*?, plats \d+ av \d+)\.", told)
    assert shown
    title, figures = shown.groups()
    names = [one.id for one in load_catalogue().indicators if one.short_title == title]
    withheld = frame["indicator"].isin(names)
    frame.loc[withheld, ["value", "denominator", "rank", "place", "place_low", "place_high"]] = None
    frame.loc[withheld, ["colour", "label"]] = None
    frame.loc[withheld, "status"] = "sekretess"
    frame.to_parquet(layout.underlag / "0180.parquet")
    assert make_presentations(layout, ["Stockholm"], engine="embedded").made == 1
    parts = dict(_parts(_file(layout, "0180")))
    assert not [name for name, xml in parts.items() if title in xml or figures in xml]
    assert any("av sekretesskäl (..)" in xml for xml in parts.values())


def test_the_same_data_give_the_same_bytes_and_are_not_made_again(made: Layout) -> None:
    before = _file(made, "2403").read_bytes()
    assert make_presentations(made, ["Bjurholm"], engine="embedded").made == 0
    (made.records / "presentationer" / "2403-bjurholm.json").unlink()
    assert make_presentations(made, ["Bjurholm"], engine="embedded").made == 1
    assert _file(made, "2403").read_bytes() == before
    with zipfile.ZipFile(io.BytesIO(before)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None


def test_an_unknown_kommun_and_a_missing_underlag_are_told(made: Layout) -> None:
    with pytest.raises(ParameterError, match="Bjurholm"):
        make_presentations(made, ["Bjurholmen"])
    with pytest.raises(NotBuiltError, match="Malå"):
        make_presentations(made, ["Malå"])


def test_the_committed_template_is_what_the_script_makes() -> None:
    committed = (REPOSITORY / "reports" / "presentation" / "mall.pptx").read_bytes()

    def parts(content: bytes) -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    assert parts(committed) == parts(reference_document())
    names = {layout.name for layout in Presentation(io.BytesIO(committed)).slide_layouts}
    assert {"Title Slide", "Title and Content", "Two Content", "Blank"} <= names


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("## A\n\n![](x.png){fig-alt='x'}", "a picture in a slide"),
        ("## A\n\n| a | b |\n|---|---|\n| 1 | 2 |", "a Markdown table"),
        ("## A\n\n### B", "a heading below"),
        ("## A\n\nSe @fig-a.", "a cross-reference"),
        ("## A\n\n::: {.panel-tabset}\nx\n:::", "a callout or tabset"),
    ],
)
def test_what_a_slide_cannot_hold_is_refused_with_its_place(
    write_document, tmp_path: Path, body: str, what: str
) -> None:
    path = write_document(body, front="title: Prov\nlang: sv\nformat: pptx\nexecute: {echo: false}")
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    with pytest.raises(DocumentError, match=rf"prov\.qmd.*{what}"):
        EmbeddedEngine().render_documents(
            [Document(notebook=notebook, outputs={"pptx": tmp_path / "ut.pptx"})], project=path.parent
        )


def test_conditional_content_for_slides_is_kept_and_for_others_left_out(write_document, tmp_path: Path) -> None:
    body = (
        "## A\n\n::: {.content-visible when-format='pptx'}\nKvar\n:::\n\n"
        "::: {.content-visible when-format='html'}\nBorta\n:::\n\n::: {.content-hidden unless-format='pptx'}\nMed\n:::"
    )
    path = write_document(body, front="title: Prov\nlang: sv\nformat: pptx\nexecute: {echo: false}")
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    target = tmp_path / "ut.pptx"
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs={"pptx": target})], project=path.parent)
    text = " ".join(_texts(Presentation(str(target)).slides[1]))
    assert "Kvar" in text
    assert "Med" in text
    assert "Borta" not in text
    assert finished(target.read_bytes(), created=created_date({"ar": 2024})) != b""


QUARTO = """#!{python}
import json, pathlib, subprocess, sys
folder = pathlib.Path(sys.argv[2])
notebook = json.loads((folder / "document-0000.ipynb").read_text())
pathlib.Path({log!r}).write_text("".join(notebook["cells"][0]["source"]))
(folder / "_output").mkdir()
output = str(folder / "_output" / "document-0000.pptx")
subprocess.run([{pandoc!r}, "--to=pptx", "-o", output], input=b"## Rubrik\\n\\nText", check=True)
"""


def test_quarto_gets_the_template_and_its_slides_are_finished_alike(made: Layout, tmp_path: Path) -> None:
    command, log, target = tmp_path / "quarto", tmp_path / "log", tmp_path / "ut.pptx"
    command.write_text(QUARTO.format(python=sys.executable, log=str(log), pandoc=str(pandoc_path())))
    command.chmod(0o755)
    notebook = run_document(
        REPOSITORY / "reports" / "presentation" / "presentation.qmd",
        {"kommun": "2403", "year": 2024, "source": "demo"},
        workdir=made.root,
    )
    QuartoEngine(command).render_documents([Document(notebook=notebook, outputs={"pptx": target})], project=REPOSITORY)
    told = yaml.safe_load(log.read_text().strip("-\n"))
    template = Path(told["format"]["pptx"]["reference-doc"])
    assert template.is_absolute()
    assert template.name == "mall.pptx"
    assert template.is_file()
    xml = dict(_parts(target))["ppt/slides/slide1.xml"]
    assert '<a:rPr lang="sv-SE"' in xml


def test_slides_that_shut_a_reader_out_are_told(made: Layout, tmp_path: Path) -> None:
    assert [slide_faults(_file(made, kod)) for kod in KOMMUNER] == [[], [], []]
    broken = tmp_path / "fel.pptx"
    with zipfile.ZipFile(_file(made, "0180")) as archive, zipfile.ZipFile(broken, "w") as other:
        for name in archive.namelist():
            part = archive.read(name)
            if name == "ppt/slides/slide2.xml":
                part = re.sub(rb' descr="[^"]*"', b"", part).replace(b'sz="1600"', b'sz="800"', 1)
                part = part.replace(b'lang="sv-SE"', b'lang="en-US"', 1).replace(b'off x="', b'off x="99')
            if name == "docProps/core.xml":
                part = part.replace(b"sv-SE", b"en-US")
            if name == "ppt/slides/slide4.xml":
                part = re.sub(rb"(?s)<a:t>[^<]*</a:t>", "<a:t>Frågor att ställa</a:t>".encode(), part, count=1)
            other.writestr(name, part)
    told = " ".join(slide_faults(broken))
    for fault in (
        "doesn't say",
        "no text alternative",
        "outside the slide",
        "isn't marked",
        "smaller than",
        "the title of",
    ):
        assert fault in told
