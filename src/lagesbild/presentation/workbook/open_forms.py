"""The handbook's forms that begin from the kommun's own work: how results are handled, causes, and what is to be done.

They are the same for every kommun, so they are made once.
"""

from __future__ import annotations

from functools import lru_cache

from lagesbild.catalogue.areas import AREAS
from lagesbild.presentation.workbook.form_parts import (
    DEEPER,
    DONE,
    LOW_TO_HIGH,
    MISSING,
    PRIORITIES,
    SOON,
    STATES,
    YES_NO,
    chosen,
    counted,
    dated,
    from_handbook,
    tally,
    written,
)
from lagesbild.presentation.workbook.model import Cell, Choices, Column, Formula, Sheet, Width

NOW, SELF, CAUSES, PLAN = "Nuläge", "Självskattning", "Underlag förbättringar", "Aktivitetsplan"

#: Rows of the forms that begin empty.
CAUSE_ROWS, PLAN_ROWS = 20, 40

_STEPS = (
    "Kvalitetssäkring",
    "Mottagning",
    "Analys",
    "Prioritering och beslut",
    "Avstämning av beslutade förändringar",
)
_SCALE = ("1 inte alls", "2 av 5", "3 av 5", "4 av 5", "5 fullt ut")
_GATHERING, _RECEIVING = "1a Insamling av data", "1b Mottagande av resultat"
#: What is asked of every area: part, question, answers.
_QUESTIONS = (
    (_GATHERING, "Är det tydligt hur insamlingen går till?", YES_NO),
    (_GATHERING, "Är det tydligt vem som samlar in och lämnar in?", YES_NO),
    (_GATHERING, "Tolkar alla enkätfrågorna likadant?", _SCALE),
    (_GATHERING, "Ingår alla relevanta verksamheter?", (*YES_NO, "Vet ej")),
    (_RECEIVING, "Är det tydligt vem som tar emot resultaten?", YES_NO),
    (_RECEIVING, "Är det tydligt vad som kommuniceras, och av vem?", YES_NO),
)
#: How long before its day an activity is announced.
_SOON_DAYS = 30


@lru_cache(maxsize=1)
def open_forms() -> tuple[Sheet, Sheet, Sheet, Sheet]:
    """Return the forms on how results are handled, the self-assessment, the causes, and the plan of activities."""
    return _now(), _self_assessment(), _causes(), _plan()


def _now() -> Sheet:
    asked = [("Hur hanteras öppna jämförelser i dag?", step) for step in _STEPS]
    asked += [("Vilka utmaningar ser ni?", step) for step in _STEPS]
    forum = "I vilka forum diskuteras långsiktiga utvecklingsfrågor, där öppna jämförelser är eller borde vara med?"
    asked.append((forum, "Hela arbetet"))
    rows: list[list[Cell]] = [[question, step, *[None] * 4] for question, step in asked]
    return Sheet(
        name=NOW,
        title="Nuläge: hur öppna jämförelser hanteras i dag",
        lines=(
            f"Beskriv kortfattat, och för över förbättringsförslag till Aktivitetsplan. {from_handbook(64)}",
            tally(len(rows)),
        ),
        table="Nulage",
        columns=(
            Column(head="Fråga", about="Vad som ska beskrivas.", width=Width.TITLE),
            Column(head="Steg", about="Steg i arbetet med öppna jämförelser.", width=Width.WORDS),
            written("Beskrivning", about="Hur det är hos er."),
            written("Förbättringsförslag", about="Vad som skulle kunna bli bättre."),
            written("Ansvarig", about="Vem som tar frågan vidare.", width=Width.WORDS),
            counted(("Beskrivning", "Förbättringsförslag", "Ansvarig")),
        ),
        rows=rows,
        about="Formulär: hur resultaten kvalitetssäkras, tas emot, analyseras, prioriteras och stäms av i dag.",
    )


def _self_assessment() -> Sheet:
    asked = [(question, area.name, part, answers) for area in AREAS for part, question, answers in _QUESTIONS]
    rows: list[list[Cell]] = [[question, area, part, None, None, None] for question, area, part, _ in asked]
    answer, proposal = "{Svar}", "{Förbättringsförslag}"
    weak = ",".join(f'{answer}="{word}"' for word in ("Nej", "Vet ej", *_SCALE[:2]))
    state = (
        f'IF({answer}="","Inte besvarad",IF(AND(OR({weak}),{proposal}=""),"{MISSING} Skriv ett förslag","{DONE} Klar"))'
    )
    return Sheet(
        name=SELF,
        title="Självskattning av hur öppna jämförelser hanteras",
        lines=(
            f"Svara för varje område, och för över förslag till Aktivitetsplan. {from_handbook(65)}",
            Formula(
                '"Besvarade frågor: "&COUNTA({Svar:})&" av "&ROWS({Svar:})&". Förslag saknas: "'
                f'&COUNTIF({{Läge:}},"{MISSING}*")&"."',
                f"Besvarade frågor: 0 av {len(rows)}. Förslag saknas: 0.",
            ),
        ),
        table="Sjalvskattning",
        columns=(
            Column(head="Fråga", about="Vad som skattas.", width=Width.TITLE),
            Column(head="Område", about="Område i öppna jämförelser, enligt dagens indelning."),
            Column(head="Del", about="Insamling av data eller mottagande av resultat."),
            Column(head="Svar", about="Ert svar.", fill_in=True),
            written("Förbättringsförslag", about="Vad som skulle göra svaret bättre.", width=Width.TITLE),
            Column(
                head="Läge",
                about="Påminner om förslag där svaret är nej, vet ej eller lågt på skalan.",
                formula=Formula(state, "Inte besvarad"),
                rules=STATES,
            ),
        ),
        rows=rows,
        row_choices=tuple(
            (
                "Svar",
                tuple(place for place, one in enumerate(asked) if one[3] == answers),
                Choices(among=answers, title="Svar", prompt=f"Välj {', '.join(answers[:-1])} eller {answers[-1]}."),
            )
            for answers in dict.fromkeys(one[3] for one in asked)
        ),
        about="Formulär: hur ni samlar in data och tar emot resultat, område för område.",
    )


def _causes() -> Sheet:
    def fetched(head: str) -> Formula:
        return Formula(
            f'IFERROR(INDEX({{{PRIORITIES}!{head}:}},MATCH({{Nr}},{{{PRIORITIES}!Nr till underlag:}},0)),"")'
        )

    fields = (
        "Nuläge i korthet",
        "Bakomliggande orsaker",
        "Relevans för brukare",
        "Föreslaget förbättringsområde",
        "Prio",
        "Beslut",
    )
    filled = f"COUNTA({','.join(f'{{{head}}}' for head in fields)})"
    whole = len(fields)
    state = f'IF({{Indikator}}="","",IF({filled}={whole},"{DONE} Klar","{SOON} "&{whole}-{filled}&" kvar"))'
    return Sheet(
        name=CAUSES,
        title="Underlag till prioritering av förbättringsområden",
        lines=(
            f"Indikatorer med beslutet {DEEPER} i bladet {PRIORITIES} hämtas hit av sig själva. {from_handbook(69)}",
            Formula(
                '"Hämtade indikatorer: "&COUNTIF({Indikator:},"?*")&". Klara rader: "&COUNTIF({Läge:},"✓*")&"."',
                "Hämtade indikatorer: 0. Klara rader: 0.",
            ),
        ),
        table="Underlag_forbattringar",
        columns=(
            Column(head="Nr", about="Radens nummer.", width=Width.SHORT),
            Column(
                head="Indikator",
                about=f"Hämtas ur bladet {PRIORITIES}.",
                width=Width.TITLE,
                formula=fetched("Identifierad indikator"),
            ),
            Column(head="Område", about=f"Hämtas ur bladet {PRIORITIES}.", formula=fetched("Område")),
            Column(head="Resultat", about=f"Hämtas ur bladet {PRIORITIES}.", formula=fetched("Resultat")),
            written("Nuläge i korthet", about="Sammanfattning av kartläggningen."),
            written("Bakomliggande orsaker", about="Vad som påverkar resultatet."),
            chosen("Relevans för brukare", LOW_TO_HIGH, about="Hur mycket det betyder för brukarna."),
            written("Aktörer och samverkanspartner", about="Vilka som behöver vara med."),
            written("Föreslaget förbättringsområde", about="Vad som bör förbättras."),
            chosen("Prio", ("1", "2", "3"), about="1 är mest angeläget."),
            chosen("Beslut", ("Genomförs", "Avvaktar", "Avslås"), about="Vad ni har beslutat.", width=Width.WORDS),
            Column(
                head="Läge",
                about="Räknar ut hur många av radens rutor som är kvar att fylla i.",
                formula=Formula(state),
                rules=STATES,
            ),
        ),
        rows=[[number, *[None] * 11] for number in range(1, CAUSE_ROWS + 1)],
        about="Formulär: nuläge, orsaker, relevans och beslut för det som ska analyseras på djupet.",
    )


def _plan() -> Sheet:
    activity, owner, last, status = "{Aktivitet}", "{Ansvarig}", "{Klart senast}", "{Status}"
    ended = f'OR({status}="Klar",{status}="Avbruten")'
    reminder = (
        f'IF({activity}="","",IF({status}="Klar","{DONE} Klar",IF({status}="Avbruten","{SOON} Avbruten",'
        f'IF({owner}="","{MISSING} Ansvarig saknas",IF({last}="","{MISSING} Datum saknas",'
        f'IF({last}<TODAY(),"{MISSING} Försenad",'
        f'IF({last}-TODAY()<={_SOON_DAYS},"{SOON} Snart dags","{DONE} I tid")))))))'
    )
    return Sheet(
        name=PLAN,
        title="Aktivitetsplan",
        lines=(
            f"Vad som ska göras, av vem och till när. {from_handbook(63)}",
            Formula(
                '"Aktiviteter: "&COUNTA({Aktivitet:})&". Klara: "&COUNTIF({Status:},"Klar")&". Försenade: "'
                f'&COUNTIF({{Påminnelse:}},"{MISSING} Försenad")&"."',
                "Aktiviteter: 0. Klara: 0. Försenade: 0.",
            ),
        ),
        table="Aktivitetsplan",
        columns=(
            Column(head="Nr", about="Radens nummer.", width=Width.SHORT),
            written("Aktivitet", about="Vad som ska göras.", width=Width.TITLE),
            written("Syfte", about="Varför det ska göras."),
            written("Mål eller delmål", about="Vad som ska vara uppnått."),
            chosen(
                "Kommer från", (NOW, SELF, "Snabbanalys", CAUSES, "Annat"), about="Vilket blad förslaget kommer ur."
            ),
            written("Ansvarig", about="Vem som gör det.", width=Width.WORDS),
            dated("Börjar", about="När arbetet börjar."),
            dated("Klart senast", about="När det ska vara klart."),
            chosen("Status", ("Ej påbörjad", "Pågår", "Klar", "Avbruten"), about="Hur långt arbetet har kommit."),
            Column(
                head="Dagar kvar",
                about="Dagar till den dag då det ska vara klart; minus betyder försenat.",
                width=Width.NUMBER,
                formula=Formula(f'IF(OR({last}="",{ended}),"",{last}-TODAY())'),
            ),
            Column(
                head="Påminnelse",
                about=f"Försenad, snart dags ({_SOON_DAYS} dagar kvar eller mindre), eller vad som saknas.",
                formula=Formula(reminder),
                rules=STATES,
            ),
            written("Uppföljning", about="Vad som hände, och vad ni lärde er."),
        ),
        rows=[[number, *[None] * 11] for number in range(1, PLAN_ROWS + 1)],
        about="Formulär: aktiviteter med ansvarig och datum, dagar kvar och påminnelser.",
    )
