"""Who has not answered an area's surveys: how many, where, and whether they differ from those who have."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import Area
from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.indicators import Survey
from lagesbild.catalogue.regions import kommuner, lan
from lagesbild.methods.nonresponse import FEWEST, asked_cells, backgrounds
from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.national.view import NationalView
from lagesbild.presentation.numbers import number
from lagesbild.presentation.quality_words import SURVEY_WORDS
from lagesbild.presentation.wording import count_word, joined

#: Only these are answered by somebody who may leave it; registers have no respondents.
_ASKED = (Survey.KOMMUNENKAT, Survey.ENHETSUNDERSOKNING, Survey.BRUKARUNDERSOKNING)
_DIVISIONS = ("kommungrupp", "lan", "storleksklass")
_DIFFERS_IN = {"folkmangd": "folkmängd", "tidigare_resultat": "tidigare resultat", "kommungrupp": "kommungrupp"}


def nonresponse_part(view: NationalView, area: Area, *, level: int) -> list[str]:
    """Return the Markdown blocks on who has not answered, none where the area has no survey in the report year.

    Verdicts and numbers are those of ``bortfall.parquet``; which kommuner are behind them is read from the released
    rows, where a withheld result counts as reported.

    Parameters
    ----------
    view
        The national figures.
    area
        The area.
    level
        Level of the heading.
    """
    tests = view.nonresponse.get(area.id)
    if tests is None:
        return []
    tests = tests[(tests["year"] == view.year) & tests["survey"].isin([str(one) for one in _ASKED])]
    if tests.empty:
        return []
    indicators = view.catalogue.in_area(area.id)
    ids = {one.id for one in indicators}
    cells = view.comparisons[(view.comparisons["year"] == view.year) & view.comparisons["indicator"].isin(ids)]
    asked = asked_cells(cells, indicators=indicators)
    background = backgrounds(kommuner())
    lines = []
    for survey, rows in tests.groupby("survey", sort=True):
        answered = asked[asked["survey"] == survey].groupby("region")["reported"].any().rename("answered")
        known = background.merge(answered, left_on="region", right_index=True)
        lines.append(f"- *{SURVEY_WORDS[str(survey)]}*: {_who(rows, known)} {_verdict(rows)}".rstrip())
    return [f"{'#' * level} Bortfall", "\n".join(lines)]


def nonresponse_note() -> str:
    """Return how who has not answered is counted and tested."""
    return (
        "En kommun har svarat om den har redovisat något av undersökningen. Andelen som har svarat jämförs mellan "
        f"kommungrupper, län och storleksklasser med minst {count_word(FEWEST)} kommuner (folkmängd 2019). "
        "Skillnader mellan dem som har svarat och de andra är prövade med permutationstest."
    )


def _who(rows: pd.DataFrame, known: pd.DataFrame) -> str:
    """Return how many have answered, and the divisions' groups with the lowest share."""
    first = rows.iloc[0]
    answered, every = int(first["n_answered"]), int(first["n_answered"] + first["n_not"])
    if answered == every:
        return f"Alla {number(every)} kommuner har svarat."
    sentence = f"{number(answered)} av {number(every)} kommuner har svarat."
    lowest = [text for text in (_lowest(known, by) for by in _DIVISIONS) if text]
    return f"{sentence} Lägst är andelen i {joined(lowest)}." if lowest else sentence


def _lowest(known: pd.DataFrame, by: str) -> str:
    groups = known.groupby(by)["answered"].agg(["sum", "size"]).reset_index()
    groups = groups[groups["size"] >= FEWEST]
    share = groups["sum"] / groups["size"]
    if groups.empty or share.min() == share.max():
        return ""
    low = int(share.to_numpy().argmin())
    name = str(groups[by].iloc[low])
    if by == "kommungrupp":
        named = next(one.namn for one in kommungrupper() if one.kod == name)
        words = f"kommungruppen {markdown_text(named.lower())}"
    elif by == "lan":
        words = markdown_text(next(one.namn for one in lan() if one.kod == name))
    else:
        words = f"storleksklassen {markdown_text(name)}"
    return f"{words} ({number(int(groups['sum'].iloc[low]))} av {number(int(groups['size'].iloc[low]))})"


def _verdict(rows: pd.DataFrame) -> str:
    """Return in a sentence what the permutation tests of a survey have found."""
    if not (rows["n_not"] > 0).any():
        return ""
    by_verdict = {
        str(verdict): [_DIFFERS_IN[str(one)] for one in part["question"]] for verdict, part in rows.groupby("verdict")
    }
    differs, alike = by_verdict.get("skiljer_sig", []), by_verdict.get("ingen_skillnad", [])
    sentences = []
    if differs:
        sentences.append(f"De som har svarat skiljer sig från de andra i {joined(differs)}{_sizes(rows)}.")
    if alike:
        sentences.append(f"Ingen skillnad i {joined(alike, 'eller')} är säkerställd.")
    if not sentences:
        sentences.append("De är för få för att en skillnad ska kunna prövas.")
    return " ".join(sentences)


def _sizes(rows: pd.DataFrame) -> str:
    found = rows[(rows["question"] == "folkmangd") & (rows["verdict"] == "skiljer_sig")]
    if found.empty:
        return ""
    row = found.iloc[0]
    return (
        f" (medianen är {number(float(row['answered']))} invånare för dem som har svarat och "
        f"{number(float(row['not_answered']))} för de andra)"
    )
