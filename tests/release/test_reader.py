"""A reader's test: every sentence of five kommuner's summaries says what is true, worked out by other means."""

from __future__ import annotations

import re

import pytest
from built import Built
from lxml import html
from reader_claims import Claims, sentences
from reader_facts import Country, Facts

from lagesbild.catalogue.regions import kommun

#: The largest, two of the smallest, one with a long name and one in the middle.
READ = ("Stockholm", "Bjurholm", "Dorotea", "Upplands Väsby", "Ale")


@pytest.fixture(scope="module")
def country(built: Built) -> Country:
    """Return the released observations, read once."""
    return Country(built)


@pytest.mark.parametrize("name", READ)
def test_every_sentence_of_the_summary_is_true(built: Built, country: Country, name: str) -> None:
    about = kommun(name)
    page = html.parse(built.site / "kommuner" / about.slug / "index.html", html.HTMLParser(encoding="utf-8")).getroot()
    faults, checked = read_summary(page, Claims(Facts(country, about.kod)))
    assert faults == []
    # A summary that says nothing would be true too.
    assert checked >= 12


def read_summary(page: html.HtmlElement, claims: Claims) -> tuple[list[str], int]:
    """Return what is false or unchecked in a page's summary, and how many sentences were checked."""
    (summary,) = page.xpath("//section[@id='sec-sammanfattning']")
    faults: list[str | None] = []
    heading = ""
    for part in summary.iter("h3", "p", "li", "ul"):
        text = " ".join(part.text_content().split())
        if part.tag == "h3":
            heading = text
        elif part.tag == "ul":
            kind = {"Vad som har blivit bättre": "forbattring", "Vad som har blivit sämre": "forsamring"}.get(heading)
            if kind:
                lines = [" ".join(line.text_content().split()) for line in part.iter("li")]
                faults.append(claims.trends(kind, lines))
        elif part.tag == "li" and (heading == "Titta först på" or not claims.is_rest(text)):
            faults.append(claims.check(text))
        elif part.tag == "p" and not part.xpath("ancestor::li|ancestor::figure") and text:
            faults += [claims.check(sentence) for sentence in sentences(text)]
    for alt in summary.xpath(".//*[local-name()='svg']/@aria-label"):
        faults += claims.picture(alt)
    return [fault for fault in faults if fault], claims.checked


#: What turns a claim into another.
_OTHER = {
    **{"bättre": "sämre", "sämre": "bättre", "ökat": "minskat", "minskat": "ökat", "nej": "ja", "sedan": "till"},
    **{
        "två": "tre",
        "tre": "fyra",
        "fyra": "fem",
        "fem": "sex",
        "sex": "sju",
        "sju": "åtta",
        "en": "två",
        "ett": "två",
    },
}


def test_a_changed_number_or_word_is_noticed(built: Built, country: Country) -> None:
    """The check itself is tried: every number of every sentence raised by one, every word of direction turned round."""
    about = kommun("Ale")
    page = html.parse(built.site / "kommuner" / about.slug / "index.html", html.HTMLParser(encoding="utf-8")).getroot()
    facts = Facts(country, about.kod)
    (summary,) = page.xpath("//section[@id='sec-sammanfattning']")
    missed, tried = [], 0
    for part in summary.xpath(".//p[not(ancestor::li) and not(ancestor::figure)] | .//li"):
        text = " ".join(part.text_content().split())
        for sentence in sentences(text) if part.tag == "p" else [text]:
            if Claims(facts).is_rest(sentence):
                continue
            for found in re.finditer(rf"(?<![\wåäö])(\d+|{'|'.join(_OTHER)})(?![\wåäö])", sentence):
                word = found[0]
                other = str(int(word) + 1) if word.isdigit() else _OTHER[word]
                changed = f"{sentence[: found.start()]}{other}{sentence[found.end() :]}"
                tried += 1
                missed += [changed] if Claims(facts).check(changed) is None else []
    assert tried >= 40
    assert missed == []
