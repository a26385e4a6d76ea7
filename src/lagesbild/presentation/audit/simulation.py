"""The simulations of the method page: how often the peer and unit regressions mark where the truth is known."""

from __future__ import annotations

import pandas as pd
import seaborn as sns
from matplotlib.figure import Figure as Canvas

from lagesbild.methods.peer_simulation import World, peer_marks, staffing_marks
from lagesbild.presentation import palette
from lagesbild.presentation.canvas import FOOT, WIDTH, finished, style
from lagesbild.presentation.numbers import number
from lagesbild.presentation.svg import Figure
from lagesbild.presentation.tables import Cell, Column, table

#: Columns of Riksrevisionen's tables, in words.
COLUMNS = {
    ("niva", 1): "Nivå, ett år innan",
    ("niva", 2): "Nivå, två år innan",
    ("forbattring", 1): "Förbättring, ett år innan",
    ("forbattring", 2): "Förbättring, två år innan",
}

_KEYS = ("outcome", "lag", "world", "influence")

#: The invented Swedens: a name, what there is to find, and the world.
WORLDS: tuple[tuple[str, str, World], ...] = (
    ("Bara slump", "nej", World()),
    ("Bara slump, svar ja eller nej", "nej", World(answers=True)),
    ("Kommuner skiljer sig varaktigt, 21 grupper", "nej", World(kommuner_differ=0.6)),
    ("Kommuner skiljer sig varaktigt, 8 grupper", "nej", World(kommuner_differ=0.6, groups=8)),
    ("Gruppen delar ett tillfälligt utslag", "nej", World(kommuner_differ=0.5, groups_shaken=0.1)),
    ("Grupper skiljer sig varaktigt", "nej", World(kommuner_differ=0.5, groups_differ=0.1)),
    ("Andras goda resultat höjer det egna", "ja", World(kommuner_differ=0.5, influence=0.3)),
)


def simulated(*, indicators: int = 80, seed: int = 1) -> pd.DataFrame:
    """Return the marks of every world.

    Returns
    -------
    DataFrame
        Columns ``world, influence`` ("ja", "nej") and those of `lagesbild.methods.peer_simulation.peer_marks`.
    """
    frames = [
        peer_marks(world, indicators=indicators, seed=seed).assign(world=name, influence=influence)
        for name, influence, world in WORLDS
    ]
    return pd.concat(frames, ignore_index=True)


def peer_simulation_table(found: pd.DataFrame) -> str:
    """Return for every world and column the percent of tests with a double mark, plus and minus."""
    columns = [Column(head="Påhittat Sverige", width=3.4), Column(head="Påverkan finns", width=1.0)]
    columns += [Column(head=f"{head}: + / −", align="right", width=1.5) for head in COLUMNS.values()]
    rows: list[list[Cell]] = []
    for name, influence, _ in WORLDS:
        part = _by_column(found[found["world"] == name])
        shares = [part[key] for key in COLUMNS]
        rows.append([name, influence, *(f"{_percent(one['plus'])} / {_percent(one['minus'])}" for one in shares)])
    return table(columns, rows)


def held_table(found: pd.DataFrame) -> str:
    """Return for every world the percent marked with clustered errors, and with the own earlier result held too."""
    columns = [Column(head="Påhittat Sverige", width=3.4), Column(head="Påverkan finns", width=1.0)]
    heads = [
        f"{COLUMNS[outcome, 1]}: {kind}" for outcome in ("niva", "forbattring") for kind in ("kluster", "lika läge")
    ]
    columns += [Column(head=head, align="right", width=1.5) for head in heads]
    rows: list[list[Cell]] = []
    for name, influence, _ in WORLDS:
        part = _by_column(found[found["world"] == name])
        kept = [part[outcome, 1] for outcome in ("niva", "forbattring")]
        rows.append([name, influence, *(_percent(one[kind]) for one in kept for kind in ("cluster", "held"))])
    return table(columns, rows)


def staffing_simulation_table(*, measures: int = 100, seed: int = 1) -> str:
    """Return the percent of unit regressions with a double mark where nothing but chance moves any unit."""
    columns = [Column(head="Andel av kommunens skillnad mellan enheter som består", width=3.4)]
    kinds = {
        ("medel", 1): "Medel, t−1",
        ("medel", 2): "Medel, t−2",
        ("lagst", 1): "Lägsta, t−1",
        ("lagst", 2): "Lägsta, t−2",
    }
    columns += [Column(head=f"{head}: + / −", align="right", width=1.3) for head in kinds.values()]
    rows: list[list[Cell]] = []
    for lasting in (0.0, 0.5, 0.9):
        part = _by_column(staffing_marks(measures=measures, lasting=lasting, seed=seed))
        shares = [part[key] for key in kinds]
        rows.append(
            [f"{_percent(lasting)} procent", *(f"{_percent(one['plus'])} / {_percent(one['minus'])}" for one in shares)]
        )
    return table(columns, rows)


def simulation_figure(found: pd.DataFrame) -> Figure:
    """Return a bar for each world without influence and each column: the percent of false marks."""
    none = found[found["influence"] == "nej"]
    rows = pd.DataFrame(
        {
            "world": none["world"],
            "column": [COLUMNS[key] for key in zip(none["outcome"], none["lag"], strict=True)],
            "share": 100.0 * (none["plus"] + none["minus"]),
        }
    )
    names = list(dict.fromkeys(rows["world"]))
    height = 0.62 * len(names) + 0.85 + FOOT
    with style():
        canvas = Canvas(figsize=(WIDTH, height))
        axes = canvas.subplots()
        canvas.subplots_adjust(left=0.36, right=0.97, top=1 - 0.5 / height, bottom=(FOOT + 0.35) / height)
        shades = sns.light_palette(palette.ACCENT, n_colors=len(COLUMNS) + 1)[1:]
        sns.barplot(rows, y="world", x="share", hue="column", orient="h", ax=axes, palette=shades, errorbar=None)
        axes.axvline(5, color=palette.INK, linewidth=1.0, linestyle=(0, (3, 2)))
        axes.annotate(
            "5 procent är rätt",
            (5, 1),
            xycoords=("data", "axes fraction"),
            xytext=(3, 3),
            textcoords="offset points",
            fontsize=7.5,
            color=palette.INK,
        )
        axes.set(xlabel="Procent av prövningarna med dubbelt märke", ylabel="", xlim=(0, 100))
        axes.legend(title="", frameon=False, fontsize=7.5, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=2)
        said = [f"{name}: {', '.join(_words(rows[rows['world'] == name]))}." for name in names]
        alt = f"Andel falska dubbla märken när ingen påverkan finns. {' '.join(said)}"
        # Drawn worlds are invented, whatever the release holds.
        return finished(canvas, alt, source="", synthetic=True)


def _by_column(found: pd.DataFrame) -> dict[tuple[str, int], dict[str, float]]:
    """Return the shares of each column of the audit's tables, by outcome and lag."""
    rows = found.to_dict("records")
    return {(row["outcome"], row["lag"]): {str(name): row[name] for name in row if name not in _KEYS} for row in rows}


def _words(rows: pd.DataFrame) -> list[str]:
    pairs = zip(rows["column"], rows["share"], strict=True)
    return [f"{column.lower()} {number(float(share))} procent" for column, share in pairs]


def _percent(share: float) -> str:
    return number(100.0 * float(share))
