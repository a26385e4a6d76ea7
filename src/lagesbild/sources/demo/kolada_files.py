"""Write the Kolada-like dump: observations as Parquet, and CSV tables of KPIs, areas and groups."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lagesbild.catalogue.groups import kommungrupper
from lagesbild.catalogue.indicators import Indicator, Scale, Survey
from lagesbild.catalogue.regions import lan
from lagesbild.catalogue.vocabulary import Status
from lagesbild.sources.demo.background import background_figures, titles
from lagesbild.sources.demo.canaries import beside_a_status
from lagesbild.sources.demo.land import Land
from lagesbild.sources.demo.similar import similar_rows
from lagesbild.sources.kolada_archive import TABLES
from lagesbild.sources.kolada_checks import STATUSES
from lagesbild.sources.kolada_files import KPI_COLUMNS, write_csv

SYNTHETIC = "Syntetiska data"
#: Kolada's words for the null-statuses. What is missing altogether has no row.
_STATUS = {status.value: word for word, status in STATUSES.items()}
_SCALE_IN_TITLE = {
    Scale.PROCENT: "andel (%)",
    Scale.JA_NEJ: "(Ja=1, Nej=0)",
    Scale.JA_DELVIS_NEJ: "(Ja=2, Delvis=1, Nej=0)",
    Scale.DAGAR: "antal dagar",
    Scale.KRONOR: "kr",
    Scale.ANTAL: "antal",
    Scale.MEDELVARDE: "medelvärde",
    Scale.INDEX: "index",
}


def write_kolada(
    folder: Path, *, truth: pd.DataFrame, indicators: Sequence[Indicator], land: Land, seed: int, years: range
) -> None:
    """Write the four files of a dump into `folder`.

    Parameters
    ----------
    truth
        Rows of the `indicators` (`frames.TRUTH_COLUMNS`).
    seed
        Of the background variables and the groups of similar kommuner.
    years
        Of the background variables; the tables' dates follow from the last.
    """
    folder.mkdir(parents=True, exist_ok=True)
    rows = observations(truth, indicators)
    known = {str(one.kolada) for one in indicators}
    figures = background_figures(seed=seed, land=land, years=years, given=_given(rows, land, years))
    both = pd.concat([rows, _background_rows(figures, known)], ignore_index=True)
    both = both.sort_values(["kpi", "geo", "year", "gender"], ignore_index=True)
    both.to_parquet(folder / "observations.parquet", index=False, write_page_checksum=True)
    kpis = [_kpi_row(one, years[-1]) for one in indicators]
    kpis += [_background_kpi_row(kpi, title, years[-1]) for kpi, title in titles().items() if kpi not in known]
    write_csv(folder / "kpi.csv", KPI_COLUMNS, kpis)
    write_csv(folder / "municipality.csv", ("id", "title", "type"), _municipality_rows(land))
    groups = "municipality_groups"
    listed = [*_group_rows(land), *similar_rows(figures, seed=seed, land=land, year=years[-1])]
    write_csv(folder / f"{groups}.csv", TABLES[groups], listed)


def observations(truth: pd.DataFrame, indicators: Sequence[Indicator]) -> pd.DataFrame:
    """Return the dump's rows: ``kpi, geo, year, gender, value, status``, sorted.

    Riket is ``0`` and a län its two digits, as in the real dump; answers are coded as the
    catalogue says that Kolada codes them. A withheld row has a value beside its status, as some rows of old
    dumps do: a canary, which no reader may use.
    """
    by_id = {one.id: one for one in indicators}
    kept = truth[truth["status"].isin(list(_STATUS))]
    codes: dict[tuple[str, str], float] = {}
    for one in indicators:
        for code, answer in one.kolada_codes.items():
            codes.setdefault((one.id, answer), float(code))
    coded = [
        codes[indicator, answer] if isinstance(answer, str) else value
        for indicator, answer, value in zip(kept["indicator"], kept["answer"], kept["value"], strict=True)
    ]
    frame = pd.DataFrame(
        {
            "kpi": [by_id[one].kolada for one in kept["indicator"]],
            "geo": kept["region"].replace("0000", "0").to_numpy(),
            "year": kept["year"].to_numpy(dtype=np.int16),
            "gender": kept["sex"].to_numpy(),
            "value": np.array(coded, dtype=np.float64),
            "status": kept["status"].map(_STATUS).to_numpy(),
        }
    ).astype({"kpi": "str", "geo": "str", "gender": "str", "status": "str"})
    secret = frame["status"].eq(_STATUS[Status.SEKRETESS.value]).to_numpy()
    frame.loc[secret, "value"] = beside_a_status(frame.loc[secret, ["kpi", "geo", "year", "gender"]])
    return frame.sort_values(["kpi", "geo", "year", "gender"], ignore_index=True)


def _given(rows: pd.DataFrame, land: Land, years: range) -> dict[str, pd.DataFrame]:
    """Return the background key figures that are indicators of the catalogue too, by year and kommun."""
    own = rows[rows["kpi"].isin(list(titles())) & (rows["gender"] == "T") & (rows["status"] == "")]
    return {
        str(kpi): part.pivot_table(index="year", columns="geo", values="value").reindex(list(years), columns=land.codes)
        for kpi, part in own.groupby("kpi")
    }


def _background_rows(figures: dict[str, pd.DataFrame], known: set[str]) -> pd.DataFrame:
    """Return the rows of the background key figures that no indicator brings."""
    parts = [
        frame.rename_axis(index="year").reset_index().melt(id_vars="year", var_name="geo").assign(kpi=kpi)
        for kpi, frame in figures.items()
        if kpi not in known
    ]
    rows = pd.concat(parts, ignore_index=True).dropna().assign(gender="T", status="")
    rows = rows.astype({"kpi": "str", "geo": "str", "gender": "str", "status": "str", "year": np.int16})
    return rows[["kpi", "geo", "year", "gender", "value", "status"]]


def _kpi_row(indicator: Indicator, last_year: int) -> tuple[object, ...]:
    perspective = "Resurser" if indicator.survey is Survey.RAKENSKAPSSAMMANDRAG else "Kvalitet och resultat"
    return (
        indicator.kolada,
        f"{indicator.title}, {_SCALE_IN_TITLE[indicator.scale]}",
        f"{SYNTHETIC}. {indicator.title}. Påhittade värden som inte beskriver någon verklig kommun.",
        indicator.by_sex,
        "K",
        "X",
        "Socialtjänst",
        perspective,
        "",
        f"{last_year + 1}-06-15",
        last_year,
        False,
    )


def _background_kpi_row(kpi: str, title: str, last_year: int) -> tuple[object, ...]:
    told = f"{SYNTHETIC}. {title}. Påhittade värden som inte beskriver någon verklig kommun."
    date = f"{last_year + 1}-06-15"
    return (kpi, title, told, False, "K", "X", "Bakgrund", "", "", date, last_year, False)


def _municipality_rows(land: Land) -> Iterable[tuple[str, str, str]]:
    yield "0000", "Riket", "L"
    for one in lan():
        yield f"00{one.kod}", f"Region {one.kort}", "L"
    for code, name in zip(land.codes, land.names, strict=True):
        yield code, name, "K"


def _group_rows(land: Land) -> Iterable[tuple[str, str, str, str]]:
    """Yield the kommungrupper of SKR 2023 and the län, as Kolada lists them with their members."""
    members = list(zip(land.codes, land.names, land.group, land.lan, strict=True))
    groups = [(f"GS{one.kod}", f"{one.namn} (ovägt medel)", one.kod, 2) for one in kommungrupper()]
    groups += [(f"GS{one.kod}", f"{one.namn[:-3]} läns kommuner (ovägt medel)", one.kod, 3) for one in lan()]
    for group_id, title, code, position in groups:
        for member in members:
            if member[position] == code:
                yield group_id, title, member[0], member[1]
