"""The lists of the website name every area, kommun and report once and lead to where they stand."""

from __future__ import annotations

import re

from lagesbild.catalogue.areas import AREA_IDS, AREAS, STATUS_REPORTS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.presentation import site_pages


def test_all_kommuner_stand_once_in_their_lan() -> None:
    text = site_pages.kommun_list()
    assert sorted(re.findall(r"\]\((.*?)/index\.html\)", text)) == sorted(k.slug for k in kommuner())
    of_lan = {part[:2]: part for part in text.split("{#lan-")[1:]}
    assert all(f"({k.slug}/" in of_lan[k.lan] for k in kommuner())


def test_names_are_in_swedish_order_and_read_as_they_are() -> None:
    skane = site_pages.kommun_list().split("## Skåne län")[1].split("##")[0]
    names = re.findall(r"^- \[(.*?)\]", skane, re.MULTILINE)
    assert names[0] == "Bjuv"
    assert names[-4:] == ["Åstorp", "Ängelholm", "Örkelljunga", "Östra Göinge"]
    assert "[Malung\\-Sälen](2023-malung-salen/index.html)" in site_pages.kommun_list()


def test_the_start_page_leads_to_each_lan_of_the_list() -> None:
    linked = re.findall(r"\(kommuner/index\.html#(lan-\d\d)\)", site_pages.lan_list(up="kommuner/"))
    there = re.findall(r"^## .* \{#(lan-\d\d)\}$", site_pages.kommun_list(), re.MULTILINE)
    assert linked == there == [f"lan-{one.kod}" for one in lan()]


def test_areas_have_their_number_of_indicators() -> None:
    catalogue = load_catalogue()
    text = site_pages.area_list(catalogue, up="omraden/")
    counts = {name: int(n) for name, n in re.findall(r"\(omraden/([\w-]+)/index\.html\): (\d+) indikatorer", text)}
    assert counts == {area.id: len(catalogue.in_area(area.id)) for area in AREAS}


def test_reports_are_linked_as_page_and_pdf_with_their_areas() -> None:
    lines = site_pages.report_list(files="../../lagesrapporter/").splitlines()
    assert len(lines) == len(STATUS_REPORTS) == 3
    for line, report in zip(lines, STATUS_REPORTS, strict=True):
        assert f"({report.id}/index.html)" in line
        assert f"(../../lagesrapporter/{report.id}.pdf)" in line
        assert f"[Word](../../lagesrapporter/{report.id}.docx)" in line
    assert lines[2].endswith("äldreomsorg och kommunal hälso- och sjukvård")


def test_column_types_are_in_swedish() -> None:
    text = site_pages.column_table({"value": ("number", "Värde"), "year": ("integer", "År")})
    assert "| value | tal | Värde |" in text
    assert "| year | heltal | År |" in text


def test_the_repeated_audit_and_every_areas_review_are_linked() -> None:
    links = site_pages.scrutiny_list(files="../../granskning/")
    assert "(../../granskning/granskning.pdf)" in links
    assert all(f"(../../granskning/oversyn-{area}.pdf)" in links for area in AREA_IDS)
