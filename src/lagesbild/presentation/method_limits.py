"""The limits and numbers that the calculations use, read from the methods themselves: no text can be out of date."""

from __future__ import annotations

from lagesbild.methods import (
    colours,
    composite_index,
    cost_quality,
    differences,
    moderated_slopes,
    neighbours,
    nonresponse,
    partitions,
    quality_coverage,
    quality_jumps,
    standard_errors,
    targets,
    trend_labels,
    trends,
)
from lagesbild.methods.aggregates import FEWEST_IN_GROUP
from lagesbild.presentation.national.spread_section import FEWEST_FOR_QUARTILES
from lagesbild.presentation.numbers import number
from lagesbild.presentation.tables import Cell, Column, captioned_table
from lagesbild.presentation.wording import joined


def limits_table() -> str:
    """Return the table: what is decided by a limit, and the limit."""
    columns = [
        Column(head="Var", width=1.5),
        Column(head="Vad gränsen avgör", width=4.2),
        Column(head="Gräns", width=1.9),
    ]
    rows: list[list[Cell]] = [list(row) for row in limits()]
    return captioned_table(columns, rows, caption="Gränser och antal i beräkningarna", label="tbl-granser")


def limits() -> list[tuple[str, str, str]]:
    """Return the limits in plain text: where, what is decided, and the limit with its unit."""
    grade_b, grade_c, grade_d = (number(limit) for limit in quality_coverage.COVERAGE_LIMITS)
    low_b, low_c, low_d = (number(limit) for limit in quality_coverage.RESPONSE_LIMITS)
    levels = joined([_percent(level) for level in differences.LEVELS])
    return [
        ("Redovisning", "Så många år visas i en rapport", f"{trends.WINDOW} år"),
        ("Redovisning", "Minsta antal kommuner för kvartiler", _kommuner(FEWEST_FOR_QUARTILES)),
        ("Redovisning", "Minsta antal kommuner i en grupp som kallas högst eller lägst", _kommuner(FEWEST_IN_GROUP)),
        ("Färger", "Minsta antal kommuner med resultat för att färg ska sättas", _kommuner(colours.MINIMUM_KOMMUNER)),
        ("Skillnader", "Nivåer som en skillnad prövas på", levels),
        (
            "Skillnader",
            "Minsta antal ändringar som spridningen mellan mätningar kan räknas från",
            f"{standard_errors.FEWEST_CHANGES} ändringar",
        ),
        ("Trender", "Minsta antal mätningar i en serie som prövas", f"{moderated_slopes.FEWEST_POINTS} mätningar"),
        ("Trender", "Sannolikhet under vilken en trend kallas säkerställd", _percent(100 * trend_labels.SECURED)),
        ("Trender", "Sannolikhet under vilken en trend kallas möjlig", _percent(100 * trend_labels.POSSIBLE)),
        ("Jämförelsegrupper", "Antal liknande kommuner", _kommuner(neighbours.N_NEIGHBOURS)),
        ("Jämförelsegrupper", "Antal socioekonomiska grupper", f"{partitions.N_GROUPS} grupper"),
        ("Mål", "Sannolikhet från vilken målet troligen nås", _percent(100 * targets.LIKELY)),
        ("Kostnader och resultat", "Minsta antal kommuner att jämföra med", _kommuner(cost_quality.FEWEST_OTHERS)),
        ("Index", "Minsta antal kommuner för att ett index ska räknas", _kommuner(composite_index.FEWEST_KOMMUNER)),
        ("Index", "Minsta antal indikatorer i ett index", f"{composite_index.FEWEST_INDICATORS} indikatorer"),
        ("Bortfall", "Minsta antal kommuner i en grupp vars svarsandel jämförs", _kommuner(nonresponse.FEWEST)),
        ("Bortfall", "Risk för minst ett falskt larm per undersökning", _percent(100 * nonresponse.SIGNIFICANCE)),
        ("Betyg", "Andel kommuner som har redovisat, under vilken betyget är högst B, C eller D",
         f"{grade_b}, {grade_c} och {grade_d} procent"),
        ("Betyg", "Andel av de tillfrågade som har svarat, under vilken betyget är högst B, C eller D",
         f"{low_b}, {low_c} och {low_d} procent"),
        ("Betyg", "Minsta antal ändringar i en grupp där ovanliga ändringar söks", f"{quality_jumps.FEWEST} ändringar"),
    ]  # fmt: skip


def _percent(value: float) -> str:
    return f"{number(value, 0 if float(value).is_integer() else 1)} procent"


def _kommuner(count: int) -> str:
    return f"{number(count)} kommuner"
