"""The calendar as a file for calendar programs (iCalendar, RFC 5545): one event a row whose source gives a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from lagesbild.catalogue.calendar import Certainty, Event
from lagesbild.presentation.wording import antal

#: Octets in a line of the file, its break not counted.
_LONGEST = 75
#: When the dates were read; a calendar program needs it, and the same rows shall give the same file.
_READ = "20260501T000000Z"


def calendar_file(events: Iterable[Event]) -> str:
    """Return the file's text, with the line breaks of the format.

    Only rows whose source gives a day: a month or a year would fill the reader's calendar with guesses.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Lägesbild//Kalender//SV",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Öppna jämförelser: publicering",
    ]
    for event in events:
        days = event.days
        if event.certainty is Certainty.ANGIVET and days is not None and days[0] == days[1]:
            counted = f" ({antal(event.indicators, 'indikator', 'indikatorer')})" if event.indicators else ""
            lines += [
                "BEGIN:VEVENT",
                f"UID:{event.id}@lagesbild",
                f"DTSTAMP:{_READ}",
                f"DTSTART;VALUE=DATE:{days[0]:%Y%m%d}",
                f"DTEND;VALUE=DATE:{days[1] + timedelta(days=1):%Y%m%d}",
                f"SUMMARY:{_text(event.what + counted)}",
                f"DESCRIPTION:{_text(f'Källa: {event.source}. Datumet kan ändras.')}",
                "STATUS:TENTATIVE",
                "TRANSP:TRANSPARENT",
                "END:VEVENT",
            ]
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _text(text: str) -> str:
    """Return text as a value: backslash, semicolon, comma and line break are escaped."""
    for character in "\\;,":
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most `_LONGEST` octets, all but the first after a space; no letter is broken."""
    piece = ""
    for character in line:
        if len((piece + character).encode()) > _LONGEST:
            yield piece
            piece = " "
        piece += character
    yield piece
