"""A kommun's workbook: its results, and the handbook's forms with what data can fill in filled in."""

from __future__ import annotations

from lagesbild.presentation.kommun.view import KommunView
from lagesbild.presentation.workbook.guide import with_guide
from lagesbild.presentation.workbook.kommun_results import checklist_sheet, comparison_sheet, results_sheet
from lagesbild.presentation.workbook.kommun_series import SexRows, series_sheets, sexes_sheet
from lagesbild.presentation.workbook.model import Workbook
from lagesbild.presentation.workbook.open_forms import open_forms
from lagesbild.presentation.workbook.priorities_form import gross_list, priorities_sheet
from lagesbild.presentation.workbook.quick_form import quick_sheet
from lagesbild.presentation.workbook.targets_form import targets_sheet
from lagesbild.presentation.workbook.types_form import types_sheet

AUTHOR = "Lägesbild"


def kommun_workbook(view: KommunView, sexes: SexRows) -> Workbook:
    """Return the workbook of one kommun.

    Parameters
    ----------
    view
        The kommun's results.
    sexes
        Its rows of women and men in the report year: indicator id to sex to row.
    """
    results = (
        results_sheet(view),
        checklist_sheet(view),
        comparison_sheet(view),
        *series_sheets(view),
        sexes_sheet(view, sexes),
        targets_sheet(view),
    )
    found = gross_list(view)
    now, self_assessment, causes, plan = open_forms()
    forms = (
        now,
        self_assessment,
        quick_sheet(view, found),
        priorities_sheet(view, found),
        types_sheet(view),
        causes,
        plan,
    )
    return with_guide(
        Workbook(
            title=f"{view.kommun.namn}: arbetsbok för öppna jämförelser {view.year}",
            subject="Resultat och formulär för analys av socialtjänst och kommunal hälso- och sjukvård",
            author=AUTHOR,
            year=view.year,
            source=view.source,
            synthetic=view.synthetic,
            sheets=tuple(sheet for sheet in (*results, *forms) if sheet is not None),
        ),
        lines=(
            f"Resultat för {view.kommun.namn}, och formulär för vägen från resultat till förbättring.",
            "Formulären följer Analyshandbok för öppna jämförelser (2012). Data är ifyllda; resten fyller ni i.",
        ),
    )
