"""A PDF that shuts a reader out is named, with what is wrong; one that doesn't passes."""

from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest
import typst

from lagesbild.provenance.pdf_accessibility import accessibility_faults, pdf_faults

_SET = '#set document(title: "En titel")\n#set text(lang: "sv")\n'
_PICTURE = "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>\"), format: \"svg\"{})"
_TABLE = "#table(columns: 2, table.header([Mått], [Ale]), [Nöjda], [82])"
_GOOD = f"""{_SET}= Resultat
{_TABLE}
== Figur
{_PICTURE.format(', alt: "Ale ligger på 82 procent, riket på 80."')}
#link("https://example.org")[Läs mer]
"""


def _pdf(folder: Path, text: str, *, standard: bool = False) -> Path:
    path = folder / "kommunrapport.pdf"
    chosen = {"pdf_standards": ["ua-1"]} if standard else {}
    path.write_bytes(typst.compile(text.encode(), format="pdf", **chosen))
    return path


def test_an_accessible_document_has_no_fault(tmp_path: Path) -> None:
    assert pdf_faults(_pdf(tmp_path, _GOOD, standard=True)) == []


def test_a_document_that_does_not_declare_itself_is_faulty(tmp_path: Path) -> None:
    assert "its XMP does not say PDF/UA-1" in pdf_faults(_pdf(tmp_path, _GOOD))


def test_the_language_is_that_of_the_reader(tmp_path: Path) -> None:
    text = _GOOD.replace('"sv"', '"en"')
    assert pdf_faults(_pdf(tmp_path, text, standard=True)) == ["its language is en, not sv"]


@pytest.mark.parametrize(
    ("was", "becomes", "fault"),
    [
        ("== Figur", "=== Figur", "heading 2 is of level 3 and follows one of level 1"),
        ("table.header([Mått], [Ale])", "[Mått], [Ale]", "table 1 has a first row that is not all header cells"),
        (", [Nöjda], [82])", ")", "table 1 has no rows below its head"),
        (', alt: "Ale ligger på 82 procent, riket på 80."', "", "a picture has no alternative text"),
        ("Ale ligger på 82 procent, riket på 80.", "figur-1.svg", "a picture has a file's name for alternative text"),
        ("Ale ligger på 82 procent, riket på 80.", "Diagram.", "a picture has no sentence for alternative text"),
        ("Ale ligger på 82 procent, riket på 80.", "Resultat för Ale och riket", "a picture has no sentence"),
    ],
)
def test_what_shuts_a_reader_out_is_named(tmp_path: Path, was: str, becomes: str, fault: str) -> None:
    assert was in _GOOD
    faults = pdf_faults(_pdf(tmp_path, _GOOD.replace(was, becomes)))
    assert any(one.startswith(fault) for one in faults), faults


def test_a_header_cell_says_what_it_heads(tmp_path: Path) -> None:
    path = _pdf(tmp_path, _GOOD, standard=True)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TH":
                del element["/A"]
        pdf.save(path)
    assert pdf_faults(path) == ["table 1 has a header cell that does not say what it heads"]


def test_a_table_with_a_row_too_short_is_named(tmp_path: Path) -> None:
    path = _pdf(tmp_path, _GOOD, standard=True)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        for element in pdf.objects:
            if isinstance(element, pikepdf.Dictionary) and element.get("/S") == "/TR":
                last = element
        del last["/K"][-1]
        pdf.save(path)
    assert pdf_faults(path) == ["table 1 has rows of different lengths"]


def test_a_link_says_where_it_leads(tmp_path: Path) -> None:
    path = _pdf(tmp_path, _GOOD, standard=True)
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        del pdf.pages[0]["/Annots"][0]["/Contents"]
        pdf.save(path)
    assert pdf_faults(path) == ["page 1: a link does not say where it leads"]


def test_every_document_of_a_release_is_looked_through(tmp_path: Path) -> None:
    for name in ("ale", "kungälv"):
        (tmp_path / name).mkdir()
        _pdf(tmp_path / name, _GOOD.replace("== Figur", "=== Figur"), standard=False)
    count, faults = accessibility_faults(tmp_path)
    assert count == 2
    assert {fault.file for fault in faults} == {"ale/kommunrapport.pdf", "kungälv/kommunrapport.pdf"}
