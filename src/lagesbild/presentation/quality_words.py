"""Grades and findings of data quality in words: always letter or sign together with a word, never colour alone."""

from __future__ import annotations

from collections.abc import Iterable

from lagesbild.methods.quality_findings import Check, Severity
from lagesbild.methods.quality_grade import Grade
from lagesbild.presentation.escape import markdown_text

#: Beside a single figure that a check has found something about.
MARK = "†"

#: Grades that are told beside the figure.
WARNED = (Grade.OSAKER, Grade.BRISTFALLIG)

_GRADES = {
    Grade.GOD: "god",
    Grade.GODTAGBAR: "godtagbar",
    Grade.OSAKER: "osäker",
    Grade.BRISTFALLIG: "bristfällig",
}

#: The checks, as heads of tables and lists.
CHECK_WORDS = {
    Check.HOPP: "Ovanligt stor ändring",
    Check.FRAM_OCH_TILLBAKA: "Värdet avvek och gick tillbaka",
    Check.GEMENSAMT_HOPP: "Stor ändring hos de flesta samtidigt",
    Check.VAXLANDE_SVAR: "Svar som växlar mellan åren",
    Check.KON_MOT_TOTAL: "Kvinnor och män mot totalen",
    Check.TALJARE_NAMNARE: "Antal mot värde",
    Check.OMOJLIGT_VARDE: "Omöjligt värde",
    Check.RIKET_MOT_KOMMUNER: "Riket mot kommunerna",
    Check.TACKNING: "Få kommuner har redovisat",
    Check.SVARSANDEL: "Låg andel svarande",
    Check.PARTIELLT_BORTFALL: "Frågan är överhoppad",
    Check.SENA_UPPGIFTER: "Sena uppgifter",
    Check.SERIEBROTT: "Serien är bruten",
    Check.DUBBELT_NYCKELTAL: "Samma värden som en annan indikator",
    Check.UPPREPADE_VARDEN: "Samma värden som ett tidigare år",
}

#: The checks, after "beror på".
_CAUSES = {
    Check.HOPP: "ovanligt stora ändringar i enskilda kommuner",
    Check.FRAM_OCH_TILLBAKA: "värden som avvikit kraftigt och gått tillbaka",
    Check.GEMENSAMT_HOPP: "en stor ändring hos de flesta kommuner samtidigt",
    Check.VAXLANDE_SVAR: "svar som växlar fram och tillbaka mellan åren",
    Check.KON_MOT_TOTAL: "värden för kvinnor och män som inte stämmer med totalen",
    Check.TALJARE_NAMNARE: "antal och värden som inte stämmer med varandra",
    Check.OMOJLIGT_VARDE: "omöjliga värden",
    Check.RIKET_MOT_KOMMUNER: "att rikets värde inte stämmer med kommunernas",
    Check.TACKNING: "att en del kommuner inte har redovisat",
    Check.SVARSANDEL: "att många av de tillfrågade inte har svarat",
    Check.PARTIELLT_BORTFALL: "att kommuner har hoppat över enskilda frågor",
    Check.SENA_UPPGIFTER: "att källans uppgifter är gamla",
    Check.SERIEBROTT: "att serien är bruten",
    Check.DUBBELT_NYCKELTAL: "att värdena är desamma som för en annan indikator",
    Check.UPPREPADE_VARDEN: "att värdena är desamma som ett tidigare år",
}

SEVERITY_WORDS = {
    Severity.UPPLYSNING: "upplysning",
    Severity.LINDRIG: "lindrig",
    Severity.TYDLIG: "tydlig",
    Severity.ALLVARLIG: "allvarlig",
}

#: The questions on who hasn't answered.
QUESTION_WORDS = {
    "folkmangd": "Folkmängd (median)",
    "tidigare_resultat": "Tidigare resultat (0 sämst, 100 bäst)",
    "kommungrupp": "Kommungrupp",
}
VERDICT_WORDS = {
    "skiljer_sig": "Skiljer sig",
    "ingen_skillnad": "Ingen säkerställd skillnad",
    "for_fa": "För få för att prövas",
}
SURVEY_WORDS = {
    "kommunenkat": "Enkäten till kommunerna",
    "enhetsundersokning": "Enhetsundersökningen",
    "brukarundersokning": "Brukarundersökningen",
    "register": "Register",
    "rakenskapssammandrag": "Räkenskapssammandraget",
}


def grade_text(grade: str) -> str:
    """Return a grade as letter and word, "C osäker"; a dash where there is nothing to grade."""
    found = Grade(grade)
    return f"{found} {_GRADES[found]}" if found in _GRADES else "–"


def uncertain_lines(graded: Iterable[tuple[str, str, str]]) -> list[str]:
    """Return a list's lines on why data are uncertain, the worst grade first; A and B need no warning.

    Indicators with the same reasons (the questions of one survey, often) share a line.

    Parameters
    ----------
    graded
        Short title, grade and reasons of each indicator.
    """
    by_reasons: dict[tuple[str, str], list[str]] = {}
    for title, grade, reasons in graded:
        if grade in WARNED:
            by_reasons.setdefault((grade, reasons), []).append(f"*{markdown_text(title)}*")
    return [
        f"- {grade_text(grade)}, {', '.join(names)}: {markdown_text(reasons)}\n"
        for (grade, reasons), names in sorted(by_reasons.items(), key=lambda item: item[0][0], reverse=True)
    ]


def grade_legend() -> str:
    """Return what the four grades mean, a sentence."""
    return (
        "A god betyder att kontrollerna inte har funnit något av betydelse, B godtagbar att det finns mindre "
        "brister, C osäker att uppgifterna ska tolkas med försiktighet och D bristfällig att de knappast går att "
        "dra slutsatser av."
    )


def cause_words(check: str) -> str:
    """Return a check as what a grade is due to: "att en del kommuner inte har redovisat"."""
    return _CAUSES[Check(check)]
