"""The calendar: what the register says, what a wrong row is told, and the two forms that readers get."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from lagesbild.catalogue import calendar
from lagesbild.catalogue.calendar import Certainty, EventKind, calendar_events
from lagesbild.catalogue.kinds import Survey
from lagesbild.catalogue.load import load_catalogue
from lagesbild.errors import CatalogueError
from lagesbild.presentation.calendar_file import calendar_file
from lagesbild.presentation.calendar_page import calendar_page, date_words
from lagesbild.provenance.published_text import texts_of
from lagesbild.sources.kolada_calendar import publication_rows, register_differences

HEAD = "id,slag,nar,vad,undersokning,avser,omraden,antal,sakerhet,kalla\n"


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(calendar, "registers_folder", lambda: tmp_path)
    calendar_events.cache_clear()
    yield tmp_path / calendar.FILE
    calendar_events.cache_clear()


def test_every_row_says_who_has_said_it_and_no_more_indicators_than_there_are() -> None:
    catalogue = load_catalogue()
    for event in calendar_events():
        assert event.source
        assert (event.days is None) == (event.certainty is Certainty.OKANT)
        mine = [one for one in catalogue.indicators if one.survey is event.survey and one.area in event.areas]
        assert event.indicators <= sum(one.kolada is not None for one in mine), event.id


def test_surveys_with_a_date_are_measured_in_that_year_by_the_plan() -> None:
    """What Kolada says of a survey's year agrees with the measuring plan: something of it is measured then."""
    catalogue = load_catalogue()
    for event in calendar_events():
        if event.survey in (Survey.KOMMUNENKAT, Survey.BRUKARUNDERSOKNING) and event.refers:
            mine = [one for one in catalogue.indicators if one.survey is event.survey and one.area in event.areas]
            assert any(one.measured(event.refers) for one in mine), event.id


def test_koladas_dates_are_those_of_its_metadata(shared_data: Path) -> None:
    assert register_differences(publication_rows(shared_data / "kolada", load_catalogue())) == ([], [])


def test_faults_of_all_rows_are_told(register: Path) -> None:
    register.write_text(
        HEAD + "a,publicering,2026-13-01,Text,,,,,angivet,Källa\n" + "b,publicering,,Text,,,,,planerat,Källa\n",
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError) as caught:
        calendar_events()
    assert [fault.row for fault in caught.value.faults] == [2, 3]


def test_dates_in_words_and_as_days() -> None:
    assert [date_words(when) for when in ("2026-10-04", "2024-06", "2024")] == ["4 oktober 2026", "juni 2024", "2024"]
    event = next(one for one in calendar_events() if one.when == "2024-06")
    assert event.days == (date(2024, 6, 1), date(2024, 6, 30))


def test_page_tells_what_is_known_planned_and_unknown() -> None:
    text = calendar_page(load_catalogue(), calendar_events(), 2024, file="kalender.ics")
    known, _, rest = text.partition("## Det här är inte känt")
    unknown, _, planned = rest.partition("## Tidigare planer")
    assert "- **4 oktober:** brukarundersökningarna för 2026, 36 indikatorer" in known
    assert "lägesrapporter" in unknown
    assert not re.search(r"\(\d+ \w+ 20\d\d\)", unknown)
    assert "juni 2024" in planned
    rows = [line for line in known.splitlines() if line.startswith("| Kommunenkäten")]
    expected = [
        sum(one.measured(year) for one in load_catalogue().indicators if one.survey is Survey.KOMMUNENKAT)
        for year in (2025, 2026, 2027)
    ]
    assert [int(cell) for cell in rows[0].strip("|").split("|")[1:]] == expected


def test_file_has_one_event_a_day_that_is_given(tmp_path: Path) -> None:
    text = calendar_file(calendar_events())
    given = [event for event in calendar_events() if event.certainty is Certainty.ANGIVET]
    assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n") == len(given)
    assert len(set(re.findall(r"^UID:(.*)\r$", text, re.MULTILINE))) == len(given)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    assert "DTSTART;VALUE=DATE:20261004\r\nDTEND;VALUE=DATE:20261005\r\n" in text
    assert any(event.kind is EventKind.PRELIMINAR for event in given)
    path = tmp_path / "kalender.ics"
    path.write_text(text, encoding="utf-8", newline="")
    assert any("publication_date)\\, lästa våren 2026" in part for _, part in texts_of(path))
