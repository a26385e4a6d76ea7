"""The tidy form of own files: which columns it has, what they are called and what they hold."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from lagesbild.catalogue.vocabulary import Answer, Sex, Status


@dataclass(frozen=True, kw_only=True)
class TidyColumn:
    """A column: its head, the column of the observation table that it fills, whether it must be there, and its help."""

    head: str
    field: str
    required: bool
    help: str


#: The columns in the order of the template. Heads and help are read by those who fill it in.
TIDY_COLUMNS = (
    TidyColumn(head="indikator", field="indicator", required=True, help="Indikatorns id, se fliken Indikatorer."),
    TidyColumn(head="år", field="year", required=True, help="Mätår med fyra siffror."),
    TidyColumn(
        head="kod",
        field="region",
        required=True,
        help="Områdets kod med inledande nolla: län två siffror, kommun fyra, stadsdel sex, riket 0000.",
    ),
    TidyColumn(head="enhet", field="unit", required=False, help="Enhetens namn om raden gäller en enhet, annars tomt."),
    TidyColumn(head="kön", field="sex", required=False, help="T för alla, K för kvinnor, M för män. Tomt betyder T."),
    TidyColumn(
        head="värde",
        field="value",
        required=False,
        help="Talet i indikatorns enhet, till exempel procent 0–100. Decimalkomma går bra.",
    ),
    TidyColumn(head="täljare", field="numerator", required=False, help="Antal i täljaren, om det är känt."),
    TidyColumn(head="nämnare", field="denominator", required=False, help="Antal i nämnaren, om det är känt."),
    TidyColumn(head="antal_svar", field="n_answers", required=False, help="Antal som har svarat."),
    TidyColumn(head="antal_tillfrågade", field="n_asked", required=False, help="Antal som har fått frågan."),
    TidyColumn(
        head="svar", field="answer", required=False, help="Ja, Delvis eller Nej, för indikatorer som är en fråga."
    ),
    TidyColumn(
        head="status",
        field="status",
        required=False,
        help="Varför värde saknas: bortfall, ej tillämplig, sekretess, saknas eller ej mätt. Tomt när värde finns.",
    ),
)

#: Words for why a value is missing, as people write them; the marks of the printed tables count too.
STATUS_WORDS = MappingProxyType(
    {one.value: one for one in Status}
    | {"ej tillämplig": Status.EJ_TILLAMPLIG, "ej mätt": Status.EJ_MATT, "ej aktuellt": Status.EJ_TILLAMPLIG}
)
SEX_WORDS = MappingProxyType(
    {"": Sex.TOTAL, "t": Sex.TOTAL, "k": Sex.KVINNOR, "m": Sex.MAN}
    | {"totalt": Sex.TOTAL, "alla": Sex.TOTAL, "kvinnor": Sex.KVINNOR, "män": Sex.MAN}
)
ANSWER_WORDS = MappingProxyType({one.value: one for one in Answer})
