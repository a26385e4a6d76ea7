"""What the pages on the critical review show: rules, how often one errs, cases, and all areas in figures."""

from __future__ import annotations

from collections.abc import Sequence

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.review_rules import Measure, load_review_rules
from lagesbild.methods.review import Case, ReviewResult
from lagesbild.methods.review_simulation import retest_calls
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.numbers import number
from lagesbild.presentation.review import ground_text, threshold_text
from lagesbild.presentation.tables import Cell, Column, Markup, captioned_table

_RELIABILITIES = (0.0, 0.2, 0.4, 0.6, 0.8)
_KOMMUNER = (20, 60, 280)


def rules_table() -> str:
    """Return the rules as a table: ground, threshold, proposal and source."""
    columns = [
        Column(head="Skäl", width=1.4),
        Column(head="Gäller när", width=1.5),
        Column(head="Förslag", width=1.5),
        Column(head="Källa", width=2.6),
    ]
    rows: list[list[Cell]] = [
        [rule.namn, threshold_text(rule), rule.forslag.text, rule.kalla] for rule in load_review_rules().rules
    ]
    return captioned_table(columns, rows, caption="Reglerna", label="tbl-regler")


def retest_table() -> str:
    """Return how often the rule on places that don't come back calls an indicator, computed here."""
    rule = next(one for one in load_review_rules().rules if one.matt is Measure.ATERKOMMER)
    calls = retest_calls(rule, reliabilities=_RELIABILITIES, kommuner=_KOMMUNER)
    share = calls.set_index(["reliability", "kommuner"])["share"].to_dict()
    columns = [
        Column(head="Tillförlitlighet", width=1.4),
        *(Column(head=f"{number(n)} kommuner", align="right") for n in _KOMMUNER),
    ]
    rows: list[list[Cell]] = [
        [f"{number(100 * one)} procent", *(f"{number(share[one, n], 1)} %" for n in _KOMMUNER)]
        for one in _RELIABILITIES
    ]
    caption = "Hur ofta en indikator pekas ut för att platserna inte upprepas, efter antal kommuner med resultat"
    return captioned_table(columns, rows, caption=caption, label="tbl-aterkommer")


def cases_table(cases: Sequence[Case], *, pages: str = "") -> str:
    """Return cases as a table; a sentence where there are none.

    Parameters
    ----------
    cases
        In the order they shall stand.
    pages
        Path to the folder of the indicators' pages, where the names shall be links.
    """
    if not cases:
        return "Ingen indikator har något skäl till översyn enligt reglerna.\n"
    columns = [
        Column(head="Indikator", width=1.5),
        Column(head="Skäl i siffror", width=3.2),
        Column(head="Förslag", width=1.5),
    ]

    def name(case: Case) -> Cell:
        title = case.indicator.short_title
        return Markup(f"[{markdown_text(title)}]({pages}{case.indicator.id}/index.html)") if pages else title

    rows: list[list[Cell]] = [
        [
            name(case),
            Markup(" ".join(markdown_text(ground_text(one)) for one in case.grounds)),
            case.proposal.text,
        ]
        for case in cases
    ]
    return captioned_table(columns, rows, caption="De tydligaste fallen", label="tbl-fall")


def reviews_table(reviews: Sequence[tuple[Area, ReviewResult]], *, files: str) -> str:
    """Return how many indicators have a ground, an area a row, with links to each area's review.

    Parameters
    ----------
    reviews
        The areas, and what came of the review of each.
    files
        Path to the release's folder of reviews.
    """
    columns = [
        Column(head="Område", width=2.4),
        Column(head="Prövade", align="right"),
        Column(head="Med skäl till översyn", align="right", width=1.4),
        Column(head="Utan färska resultat", align="right", width=1.4),
        Column(head="Rapport"),
    ]
    rows: list[list[Cell]] = [
        [
            area.name,
            number(len(result.reviewed)),
            number(len(result.cases)),
            number(len(result.unmeasured)),
            Markup(f"[PDF]({files}oversyn-{area.id}.pdf)"),
        ]
        for area, result in reviews
    ]
    return captioned_table(columns, rows, caption="Översynen i siffror: antal indikatorer", label="tbl-oversyn")
