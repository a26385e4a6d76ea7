"""Reviewed mappings: the project's own are sound, and a fault names file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.resources import project_root
from lagesbild.errors import InputError
from lagesbild.sources.mapping import normal
from lagesbild.sources.mapping_file import load_mapping, mapping_path

REVIEWED = sorted((project_root() / "data" / "mappings" / "socialstyrelsen").glob("*.yml"))
GOOD = """survey: kommunenkat
year: 2021
source: Kommunenkäten 2021
sheets:
  - area: aldreomsorg
    sheet: Kommun
    columns:
      - head: "Rutin för samordning"
        indicator: ao-rutin-samordning-lss
        answers: {"Ja, för alla": ja, "Ja, för några": nej, "Berör oss inte": ej_tillamplig}
      - {head: "Annat", unmapped: "no indicator"}
"""


def _load(folder: Path, text: str, name: str = "kommunenkat-2021.yml"):
    (folder / name).write_text(text, encoding="utf-8")
    return load_mapping(folder / name, catalogue=load_catalogue())


@pytest.mark.parametrize("path", REVIEWED, ids=lambda path: path.name)
def test_the_projects_mappings_are_sound(path: Path) -> None:
    mapping = load_mapping(path, catalogue=load_catalogue())
    assert mapping.sheets
    assert all(one.indicator or one.reason for sheet in mapping.sheets for one in sheet.columns)


def test_a_mapping_says_sheet_head_indicator_and_answers(tmp_path) -> None:
    sheet = _load(tmp_path, GOOD).sheet("aldreomsorg", " KOMMUN ")
    assert sheet is not None
    tied, untied = sheet.columns
    assert tied.indicator is not None
    assert tied.indicator.id == "ao-rutin-samordning-lss"
    assert tied.fits(normal("4a. Rutin  för sam\u00adordning. "), ())
    assert tied.answers == {"ja, för alla": "ja", "ja, för några": "nej", "berör oss inte": "ej_tillamplig"}
    assert (untied.indicator, untied.reason) == (None, "no indicator")


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("ao-rutin-samordning-lss", "ao-rutin-samordning-ls", "row 9: the catalogue has no indicator"),
        ("ao-rutin-samordning-lss", "ao-hemtjanst-nojdhet", "row 9: ao-hemtjanst-nojdhet has the survey brukar"),
        ("ao-rutin-samordning-lss", "ao-rutin-samordning-lss\n        scale: procent", "has the scale ja_nej"),
        ("area: aldreomsorg", "area: aldreomsorgen", "row 5: unknown area"),
        ("year: 2021", "year: 2020", "the file of kommunenkat 2020 is called kommunenkat-2021.yml"),
        ('unmapped: "no indicator"', "sex: T", "row 11: a column is either tied or not"),
        ('"Annat"', '"3. RUTIN för samordning"', "row 11: a column with this head stands already on line 8"),
        (": ej_tillamplig", ": kanske", "row 10: unknown answer 'kanske'"),
        ("unmapped:", "reason:", "row 11: unknown field 'reason'"),
        ("source: Kommunenkäten 2021\n", "", "the field source is missing"),
        ("sheets:", "sheets: [", "not valid YAML"),
    ],
)
def test_a_fault_names_file_and_line(tmp_path, old: str, new: str, fault: str) -> None:
    assert old in GOOD
    with pytest.raises(InputError) as caught:
        _load(tmp_path, GOOD.replace(old, new))
    told = [str(one) for one in caught.value.faults]
    assert all(one.startswith("kommunenkat-2021.yml, row ") for one in told), told
    assert any(fault in one for one in told), told


def test_a_folders_own_mapping_goes_before_the_projects(tmp_path) -> None:
    reviewed = mapping_path(tmp_path, "enhetsundersokning", 2016)
    assert reviewed is not None
    assert reviewed.parent.name == "socialstyrelsen"
    (tmp_path / "mappings").mkdir()
    own = tmp_path / "mappings" / "enhetsundersokning-2016.yml"
    own.write_text("", encoding="utf-8")
    assert mapping_path(tmp_path, "enhetsundersokning", 2016) == own
    assert mapping_path(tmp_path, "enhetsundersokning", 1999) is None
