"""The audit guide: plain Swedish for somebody who trusts nobody, with this release's own figures and commands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lagesbild.presentation.audit_guide.figures import GuideFigures
from lagesbild.presentation.audit_guide.steps import day, hour
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number as printed
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table
from lagesbild.presentation.wording import antal


@dataclass(frozen=True, kw_only=True)
class AuditGuide:
    """The guide of one release; each method returns Markdown."""

    figures: GuideFigures

    def text(self) -> str:
        """Return the whole guide."""
        first, then = hour(self.figures), day(self.figures)
        parts = [self.introduction()]
        for key, head, body in (
            ("innehall", "Det du granskar", self.contents()),
            ("forbered", "Innan du börjar", self.preparation()),
            ("timme", "På en timme", _numbered(first)),
            ("dag", "På en dag", _numbered(then, start=len(first) + 1)),
            ("granser", "Det här kan du inte kontrollera", self.limits()),
            ("fel", "Om något inte stämmer", self.faults()),
        ):
            parts += [f"## {head} {{#sec-{key}}}", body]
        return "\n\n".join(parts) + "\n"

    def introduction(self) -> str:
        """Return whom the guide is for and how it is read."""
        figures = self.figures
        invented = (
            " Uppgifterna är påhittade, men kontrollerna är desamma som för verkliga." if figures.synthetic else ""
        )
        return (
            f"Guiden är till för dig som ska granska utgåva {figures.version} och inte vill lita på någons ord. Varje "
            "steg säger vad du gör, vad du ska få se och vad det visar. Du kan sluta när som helst: varje steg står "
            f"för sig. Alla tal om utgåvan är räknade ur den.{invented}"
        )

    def contents(self) -> str:
        """Return what the release holds, and what it was made from."""
        figures = self.figures
        columns = [
            Column(head="Produkt", width=3),
            Column(head="Antal filer", align="right", width=1),
            Column(head="Mapp i utgåvan", width=2.4),
        ]
        rows: list[list[Cell]] = [
            [one.words, printed(one.number), Markup(f"`{one.place}`" if one.place else "–")]
            for one in figures.kinds
            if one.number
        ]
        total = sum(one.number for one in figures.kinds)
        rows.append(["Summa", printed(total), "–"])
        table = captioned_table(
            columns, rows, caption="Utgåvans filer, utom webbplatsen och det som görs efter den", label="tbl-filer"
        )
        share = printed(100 * figures.withheld / figures.observations, 1) if figures.observations else "0"
        raw = (
            f"Allt är gjort av {antal(figures.raw_files, 'fil', 'filer')} från källor, kommuner och analytiker "
            f"({printed(figures.raw_bytes / 1e6, 1)} MB). De är rådata och publiceras inte. "
            if figures.raw_files
            else ""
        )
        return (
            f"{raw}Ur dem kommer {printed(figures.observations)} uppgifter om {figures.areas} områden för åren "
            f"{figures.first_year}–{figures.year}. {printed(figures.withheld)} av dem ({share} procent) visas inte av "
            f"sekretesskäl; de har märket två punkter (..) överallt.\n\n{table}\n`manifest.json` i utgåvans mapp "
            "räknar upp varje fil med dess kontrollsumma (SHA-256) och säger vad den är gjord av, steg för steg "
            "tillbaka till råfilerna."
        )

    def preparation(self) -> str:
        """Return what is needed."""
        return (
            "- En dator med Linux, Python 3.11, GNU make 4.3 och git, och nät till Pythons paketregister.\n- Utgåvans "
            "mapp `_release` och programmets katalog. Har du fått ett arkiv (`_archive/…tar.gz`) packar du upp det: "
            "allt finns i det, också rådata. Det innehåller uppgifter som inte får spridas.\n- Kontrollsumman för "
            "`manifest.json`, från någon annan än den som gav dig filerna. Utan den vet du att filerna hör ihop, men "
            "inte att de är de som publicerades.\n\nStäll dig i programmets katalog och installera programmet. "
            "Paketen hämtas med de kontrollsummor som står i `requirements.lock`; ett paket med annat innehåll "
            "vägras.\n\n```text\nmake .venv/ready\n```"
        )

    def limits(self) -> str:
        """Return what none of the checks can tell."""
        points = (
            "Om källans uppgifter är sanna. Kontrollerna börjar vid de filer som källan lämnade. Hur säkra "
            "uppgifterna är beskrivs i kvalitetsdeklarationerna.",
            "Om en dold uppgift är rätt. Den som får läsa rådata kan se den i råfilen, men spårningen visar varken "
            "den dolda uppgiften eller varför den är dold.",
            "Om någon med all information om en kommun kan gissa en dold uppgift av det hen redan vet. Vad skyddet "
            "lovar och inte lovar står i `docs/architecture.md`.",
            "Om paketen från Pythons paketregister gör det de säger. De är låsta, inte granskade.",
            "Om metoderna är de bästa. Guiden visar att de används som det står; metodboken säger hur ofta de har fel.",
        )
        return "".join(f"- {point}\n" for point in points).rstrip()

    def faults(self) -> str:
        """Return what to do with a finding."""
        figures = self.figures
        contact = f"{markdown_text(figures.contact)}, {markdown_text(figures.email)}"
        return (
            "Spara vad kommandot skrev, kommandot självt och kontrollsumman för `manifest.json`. Skriv upp spårkoden "
            f"eller filens namn. Rätta inget i filerna. Vänd dig till den som svarar på frågor om utgåvan: {contact}. "
            f"Rättas utgåvan får den ett nytt nummer efter {figures.version}, och ändringsrapporten säger vad som är "
            "annorlunda."
        )


def _numbered(steps: Sequence[str], *, start: int = 1) -> str:
    """Return steps, each a head and the text under it, with their own numbers in place of the sections'."""
    parts = []
    for number, step in enumerate(steps, start=start):
        head, _, body = step.partition("\n\n")
        parts.append(f"### Steg {number}. {head} {{.unnumbered}}\n\n{body}")
    return "\n\n".join(parts)
