"""The form that finds a kommun's page by the kommun's name."""

from __future__ import annotations

from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.escape import html_text
from lagesbild.presentation.kommun.report import by_name


def kommun_form(*, up: str = "") -> str:
    """Return a form that leads to the page of the kommun that is named; a script reads its list.

    Without the script the form leads to the list of all kommuner.

    Parameters
    ----------
    up
        Path from the page to the folder ``kommuner``.
    """
    names = "".join(
        f'<option value="{html_text(one.namn)}" data-adress="{one.slug}"></option>'
        for one in sorted(kommuner(), key=by_name)
    )
    return (
        f'```{{=html}}\n<form class="faltrad" id="kommunval" action="{up}index.html" method="get">\n'
        '<label for="kommunnamn">Kommunens namn</label>\n'
        '<input id="kommunnamn" name="namn" list="kommunnamnen" autocomplete="off">\n'
        f'<datalist id="kommunnamnen">{names}</datalist>\n'
        '<button type="submit">Visa kommunen</button>\n'
        '<p class="fel" id="kommunfel" role="alert"></p>\n</form>\n```\n'
    )
