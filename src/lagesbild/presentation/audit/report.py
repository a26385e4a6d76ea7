"""The text of the repeated audit, part by part as the document asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import pandas as pd

from lagesbild.catalogue.audit_rows import UNREADABLE, AuditRow
from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.load import Catalogue
from lagesbild.methods.audit_comparison import AuditComparison
from lagesbild.methods.audit_panel import PANDEMIC
from lagesbild.presentation.audit.mark_tables import (
    NOTHING,
    UNTESTED,
    agreement,
    all_marks,
    peer_table,
    rows_named,
    staffing_table,
    user_table,
    variance_marks,
    variance_table,
    worth_table,
)
from lagesbild.presentation.audit.user_survey import user_survey_section
from lagesbild.presentation.audit.view import GROUPING_HEADS, GROUPING_WORDS, AreaAudit
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.figures import development
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned, table
from lagesbild.presentation.wording import antal, capitalised, joined

#: A figure has at most this many panels.
_MOST_PANELS = 12
#: The table of units has at most so many rows.
_MOST_UNITS = 10

_STARS = (
    "\\*\\* skillnaden är statistiskt säkerställd på 5-procentsnivån, \\* på 10-procentsnivån, "
    f"{NOTHING} ingen säkerställd skillnad, *{UNTESTED}* att det inte kan prövas."
)
_COLUMNS = (
    "*Nivå* är det egna resultatet, *bättre* om det blivit bättre under tiden. *t−1* och *t−2*: de andra kommunernas "
    "resultat "
    "ett och två år innan. *ÖJ*: bara kommuner som uppger att de använder öppna jämförelser i området."
)
_SIGNS = (
    "++ positivt samband, säkerställt på 5-procentsnivån, + på 10-procentsnivån, −− och − negativt samband på samma "
    f"nivåer, {NOTHING} inget säkerställt samband, *{UNTESTED}* att det inte kan prövas."
)
_DIFFERENCES = (
    "++ användare ligger högre, säkerställt på 5-procentsnivån, + på 10-procentsnivån, −− och − de ligger lägre på "
    "samma "
    f"nivåer, {NOTHING} ingen säkerställd skillnad, *{UNTESTED}* att det inte kan prövas. Skillnaden säger inte vad "
    "den "
    "beror på: kommuner som använder jämförelser skiljer sig också i storlek och resurser."
)


@dataclass(frozen=True, kw_only=True)
class AuditReport:
    """The repeated audit; each method returns Markdown.

    Parameters
    ----------
    areas
        What was analysed, area by area.
    catalogue
        The indicators.
    first, last
        The period asked for.
    source
        Who the figures come from, as it stands after "Källa:".
    synthetic
        Whether the figures are invented.
    user_survey
        Riksrevisionen's marks and claims on the user survey of äldreomsorgen beside the figures of its years; null
        where that isn't asked for.
    """

    areas: Sequence[AreaAudit]
    catalogue: Catalogue
    first: int
    last: int
    source: str
    synthetic: bool
    user_survey: AuditComparison | None = None

    def brief(self) -> str:
        """Return what was repeated, how many marks there are, and what they are worth."""
        known = [audit for audit in self.areas if audit.known]
        names = joined([audit.area.name[0].lower() + audit.area.name[1:] for audit in self.areas])
        parts = [
            "Riksrevisionen analyserade öppna jämförelser statistiskt i granskningen RiR 2021:17. Här görs samma "
            "analyser "
            f"för {names} med resultat för {self.first}–{self.last}. I tabellerna står våra märken, och inom parentes "
            "de som Riksrevisionen har tryckt för samma rad. Frågetecken är märken som inte går att läsa säkert i "
            "den text "
            "som finns av rapporten."
        ]
        if not known:
            return f"{parts[0]}\n\nKällan har inga resultat för perioden, så ingenting kan prövas.\n"
        if (self.first, self.last) != (2016, 2020):
            parts.append(
                f"Riksrevisionens period är 2016–2020. Perioden här är {self.first}–{self.last}, så märkena behöver "
                "inte "
                "bli lika."
            )
        lines = [self._variance_line(audit) for audit in known] + [self._peer_line(audit) for audit in known]
        parts.append("".join(f"- {line}\n" for line in lines))
        parts.append(
            "Märkena i tabellerna om andra kommuners resultat kan inte läsas som att kommuner påverkar varandra. "
            "Metoden ger "
            "många märken även när grupperna är en slump, och kommuner i samma grupp har ofta samma förutsättningar. "
            "Metodsidan *Rör jämförelser på kommunerna?* visar varför."
        )
        return "\n\n".join(parts)

    def _variance_line(self, audit: AreaAudit) -> str:
        naive, by_kommun = variance_marks(audit), variance_marks(audit, by_kommun=True)
        pooled = [key for key in naive if not key[1].endswith("_sista")]
        marked = sum(bool(naive[key]) for key in pooled)
        left = sum(bool(by_kommun.get(key)) for key in pooled)
        return (
            f"**{audit.area.name}, grupper:** {marked} av {len(pooled)} prövningar med alla år har märke. "
            f"När varje kommun räknas en gång i stället för en gång per år återstår {left}. Av en slump väntas "
            f"{number(0.1 * len(pooled), 1)}."
        )

    def _peer_line(self, audit: AreaAudit) -> str:
        tested = audit.peers[(audit.peers["sample"] == "alla") & audit.peers["p"].notna()]
        marked = int((tested["mark"] != "").sum())
        held = audit.peers[(audit.peers["sample"] == "alla") & audit.peers["p_held"].notna()]
        cell = ["grouping", "outcome", "lag"]
        chance = tested.merge(audit.shuffled, on=cell)["share"].sum()
        chance_held = held.merge(audit.shuffled, on=cell)["share_held"].sum()
        return (
            f"**{audit.area.name}, andra kommuner:** {marked} av {len(tested)} regressioner för alla kommuner har "
            "märke. "
            f"Med slumpvis hopsatta grupper blir det i genomsnitt {number(float(chance), 1)}. Med hänsyn till år, "
            "att en "
            f"kommun återkommer och kommunens eget tidigare resultat har {int((held['mark_held'] != '').sum())} märke, "
            f"mot {number(float(chance_held), 1)} med slumpvis hopsatta grupper."
        )

    def parts(self) -> str:
        """Return all areas."""
        return "\n\n".join(self._area(audit) for audit in self.areas)

    def _area(self, audit: AreaAudit) -> str:
        name = audit.area.id
        head = f"## {audit.area.name} {{#sec-{name}}}"
        if not audit.known:
            return f"{head}\n\nKällan har inga resultat för {audit.first}–{audit.last} som kan prövas.\n"
        blocks = [head, self._introduction(audit), *self._development(audit)]
        blocks += [
            f"### Skillnader mellan grupper {{#sec-grupper-{name}}}",
            self._captioned(
                variance_table(audit), f"{audit.area.name}: skillnader mellan grupper", f"tbl-grupper-{name}"
            ),
            f"{_STARS} {self._kommun_note(audit)}",
            f"### Andra kommuners resultat {{#sec-andra-{name}}}",
            "Tabellerna visar om det egna resultatet hänger samman med att de andra kommunerna i gruppen låg över den "
            "75:e percentilen ett eller två år innan: det egna resultatets nivå, eller om det blivit bättre under "
            "samma tid.",
        ]
        for grouping in audit.groupings:
            caption = f"{audit.area.name}: samband med andra kommuner i {GROUPING_WORDS[grouping]}"
            blocks.append(self._captioned(peer_table(audit, grouping), caption, f"tbl-andra-{grouping}-{name}"))
        blocks += [f"{_COLUMNS} {_SIGNS}", *self._worth(audit), *self._users(audit), *self._units(audit)]
        return "\n\n".join(blocks)

    def _introduction(self, audit: AreaAudit) -> str:
        whose = "Raderna är Riksrevisionens." if audit.printed else self._chosen(audit)
        absent = [name for row, name in rows_named(audit.rows) if row in audit.absent]
        text = f"{whose} {capitalised(antal(len(audit.known), 'rad', 'rader'))} har resultat."
        if absent:
            text += f" Resultat saknas för: {markdown_text('; '.join(absent))}."
        if audit.area.id == "aldreomsorg" and audit.first <= PANDEMIC <= audit.last:
            text += (
                f" Brukarnas och enheternas svar från {PANDEMIC} är inte med, som hos Riksrevisionen: de gavs under "
                f"pandemin. Deras sista år är därför ett annat när perioden slutar {PANDEMIC}."
            )
        notes = [f"{markdown_text(row.name)}: {markdown_text(row.note)}" for row in audit.known if row.note]
        return text + (f"\n\n{' '.join(notes)}" if notes else "")

    def _chosen(self, audit: AreaAudit) -> str:
        why = (
            "Källan har inga resultat för Riksrevisionens rader."
            if audit.audited
            else "Riksrevisionen granskade inte området."
        )
        return (
            f"{why} Raderna är valda på samma sätt: indikatorer nära verksamheten som har en riktning och resultat för "
            "minst tre av åren."
        )

    def _development(self, audit: AreaAudit) -> list[str]:
        drawn = [(self._shown(row, name), audit.series(row)) for row, name in rows_named(audit.known)][:_MOST_PANELS]
        figure = development(drawn, years=(audit.first, audit.last), source=self.source, synthetic=self.synthetic)
        numbers = sorted({row.figure for row in audit.known if row.figure is not None}) if audit.printed else []
        like = f" (Riksrevisionens figur {numbers[0]}–{numbers[-1]})" if numbers else ""
        caption = f"{audit.area.name}: medelvärde av kommunernas resultat {audit.first}–{audit.last}{like}"
        head = f"### Utveckling över tid {{#sec-utveckling-{audit.area.id}}}"
        return [head, figure.block_markdown(caption, f"fig-utveckling-{audit.area.id}")]

    def _shown(self, row: AuditRow, name: str) -> Indicator:
        """Return the row as an indicator that a figure can draw."""
        base = self.catalogue.by_id(row.indicators[0])
        scale = base.scale if row.kind == "enskild" else Scale.PROCENT
        return replace(base, id=row.id, title=name, short_title=name, scale=scale)

    def _kommun_note(self, audit: AreaAudit) -> str:
        naive, by_kommun = variance_marks(audit), variance_marks(audit, by_kommun=True)
        lost = [key for key in naive if naive[key] and not by_kommun.get(key)]
        if not lost:
            return "Alla märken med alla år står kvar när varje kommun räknas en gång."
        heads = {row.id: name for row, name in rows_named(audit.known)}
        told = [
            f"{heads[row]} ({GROUPING_HEADS[column].lower()})"
            for row, column in sorted(lost)
            if column in GROUPING_HEADS
        ]
        return (
            "Med alla år räknas samma kommun en gång per år. Räknas varje kommun i stället en gång faller märket för: "
            f"{markdown_text('; '.join(told))}."
        )

    def _worth(self, audit: AreaAudit) -> list[str]:
        text = worth_table(audit)
        if not text:
            return []
        caption = f"{audit.area.name}: så många märken ger metoden själv (alla kommuner, alla grupper)"
        return [
            self._captioned(text, caption, f"tbl-varde-{audit.area.id}"),
            "*Slumpade grupper* är genomsnittet när kommunerna byter grupp med varandra av en slump: då finns inget "
            "samband "
            "med just de kommunerna att hitta. *Kluster* tar hänsyn till året och till att en kommun återkommer. *Eget "
            "tidigare resultat lika* jämför dessutom kommuner som låg lika när de andras resultat mättes. Märken på "
            "10-procentsnivån eller strängare.",
        ]

    def _users(self, audit: AreaAudit) -> list[str]:
        head = f"### Användare av öppna jämförelser {{#sec-anvandare-{audit.area.id}}}"
        if audit.users is None:
            return [
                head,
                "Ingen uppgift finns om vilka kommuner som använder öppna jämförelser i området, så användare kan inte "
                "jämföras med andra.",
            ]
        count = (
            f"{audit.n_users} kommuner uppger att de använder öppna jämförelser i området, {audit.n_others} att de "
            "inte gör det."
        )
        caption = f"{audit.area.name}: skillnad mellan användare och icke-användare"
        return [
            head,
            count,
            self._captioned(user_table(audit), caption, f"tbl-anvandare-{audit.area.id}"),
            _DIFFERENCES,
        ]

    def _units(self, audit: AreaAudit) -> list[str]:
        head = f"### Skillnader mellan enheter {{#sec-enheter-{audit.area.id}}}"
        if audit.staffing is None or not len(audit.staffing):
            return [head, "Källan redovisar inga tal för enskilda enheter i området, så enheter kan inte prövas."]
        caption = f"{audit.area.name}: förändring mot tidigare skillnad mellan enheter i kommunen"
        return [
            head,
            "Riksrevisionen prövade om bemanningen ändras när skillnaden mellan enheterna i kommunen varit stor. Här "
            "görs det "
            f"för tal som källan redovisar per enhet, högst {_MOST_UNITS}, de som flest kommuner har.",
            self._captioned(staffing_table(_most_reported(audit.staffing)), caption, f"tbl-enheter-{audit.area.id}"),
            f"*Medel* är kommunens medelvärde, *lägsta* den lägsta enheten. {_SIGNS} Den enhet som råkade ligga "
            "ytterst ett år ligger sällan lika långt ut nästa år. Därför ger "
            "slumpen "
            "själv märken: den lägsta enheten stiger, och medelvärdet går tillbaka åt det håll som enheten drog det "
            "ifrån. "
            "Riksrevisionens tabeller 6 och 7 har det mönster som slumpen ger för bemanning: minus för medelvärdet, "
            "plus "
            "för den lägsta enheten.",
        ]

    def comparison(self) -> str:
        """Return how the computed marks agree with the printed ones."""
        rows: list[list[Cell]] = []
        for audit in self.areas:
            if not audit.printed or not audit.known:
                continue
            for kind, found, printed in all_marks(audit):
                both, same, alike, illegible = agreement(found, printed)
                if both + illegible:
                    rows.append([f"{audit.area.name}: {kind.lower()}", *map(number, (both, same, alike, illegible))])
        if not rows:
            return "Källan har inga resultat för de rader som Riksrevisionen har tryckt, så inget kan jämföras.\n"
        columns = [
            Column(head="Tabell", width=4.5),
            Column(head="Jämförbara märken", align="right", width=1.4),
            Column(head="Exakt samma", align="right", width=1.2),
            Column(head="Samma riktning eller båda utan", align="right", width=1.8),
            Column(head="Oläsliga i texten", align="right", width=1.3),
        ]
        drawn = self._captioned(table(columns, rows), "Våra märken mot Riksrevisionens tryckta", "tbl-jamforelse")
        note = (
            "Siffrorna är påhittade, så likheter är tillfälligheter."
            if self.synthetic
            else "Skillnader kan bero på perioden, på vilka kommuner som ingår, på grupper som har ändrats och på val "
            "som rapporten inte redovisar."
        )
        return f"{drawn}\n\n{note}\n"

    def users(self) -> str:
        """Return the user survey's marks and claims beside Riksrevisionen's, or why they aren't there."""
        if self.user_survey is not None:
            return user_survey_section(self.user_survey)
        if self.synthetic:
            return "Uppgifterna är påhittade, så de 24 märkena för brukarundersökningen jämförs inte med dem.\n"
        return "Riksrevisionens 24 märken för brukarundersökningen gäller äldreomsorgen, som inte ingår här.\n"

    def method(self) -> str:
        """Return how it was done, and what RiR's text leaves open."""
        return (
            "*Skillnader mellan grupper* prövas med variansanalys (F-test). *Andra kommuners resultat* är "
            "medelvärdet av de andra "
            "kommunerna i gruppen; den egna kommunen är alltid utelämnad. Det räknas som högt över den 75:e "
            "percentilen av "
            "alla kommuners sådana medelvärden samma år. *Förbättring* är 1 om resultatet ändrats till det bättre, "
            "annars 0. "
            "Regressionerna är vanliga minstakvadratregressioner, börjar andra året (ett år innan) eller tredje året "
            "(två "
            "år innan), och ett märke kräver minst fem observationer på vardera sidan. Rader med flera svar är "
            "medelvärdet "
            "av de svar som getts. För äldreomsorgen ingår inte 2020 års undersökningar till brukare och enheter, "
            "som hos "
            "Riksrevisionen. Svar kodas om enligt Riksrevisionens kommentarer 1–10.\n\n"
            "Riksrevisionens text säger inte över vilka år percentilen är räknad, hur flera svar vägs samman, eller om "
            "hänsyn tagits till år och till att kommuner återkommer. Våra val är de enklaste läsningarna.\n\n"
            f"Märken i text: {UNREADABLE} betyder att den tryckta cellen inte går att läsa säkert. "
            f"Källa: {markdown_text(self.source)}. Tryckta märken: Riksrevisionen, RiR 2021:17, bilagan Statistisk "
            "analys.\n"
        )

    def _captioned(self, drawn: str, caption: str, label: str) -> str:
        return captioned(drawn, caption=caption, label=label)


def _most_reported(staffing: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of the measures that most kommuner have, in their order."""
    kommuner = staffing.groupby("measure")["n_kommuner"].max().sort_values(ascending=False, kind="stable")
    return staffing[staffing["measure"].isin(kommuner.index[:_MOST_UNITS])]
