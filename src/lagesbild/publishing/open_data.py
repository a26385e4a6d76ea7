"""Open data: the released figures as CSV and Parquet with a description, and the executed notebooks."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.areas import area as area_called
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import kommuner, region_name
from lagesbild.errors import ParameterError
from lagesbild.files import sha256, write_atomic
from lagesbild.frame_bytes import csv_bytes, parquet_bytes
from lagesbild.publishing.analysis_io import STEPS
from lagesbild.publishing.layout import SOURCE_NAMES, Layout
from lagesbild.publishing.misleading_report import colour_frames
from lagesbild.publishing.priority_lists import write_gross_list
from lagesbild.publishing.quality_data import quality_frames
from lagesbild.publishing.underlag import read_underlag

#: What the columns of the indicator files mean, for datapackage.json and the data page.
COLUMNS = {
    "indicator": ("string", "Indikatorns id i katalogen"),
    "title": ("string", "Indikatorns namn"),
    "unit": ("string", "Enhet; tom för frågor som besvaras med ja, delvis eller nej"),
    "year": ("integer", "År"),
    "level": ("string", "rike, lan, kommungrupp eller kommun"),
    "region": ("string", "Kod: 0000 riket, två siffror län, fyra siffror kommun, bokstav och siffra kommungrupp"),
    "region_name": ("string", "Namn på riket, länet, kommungruppen eller kommunen"),
    "sex": ("string", "T totalt, K kvinnor, M män"),
    "value": ("number", "Värde; för frågor på högre nivå än kommun procent av kommunerna som svarat ja"),
    "answer": ("string", "Kommunens svar: ja, delvis eller nej"),
    "status": ("string", "ok, bortfall, ej_tillamplig, sekretess, saknas eller ej_matt"),
    "numerator": ("number", "Täljare, där den är känd"),
    "denominator": ("number", "Nämnare, där den är känd"),
    "n_kommuner": ("integer", "Antal kommuner med resultat bakom värdet"),
    "weighting": ("string", "redovisad (källans eget värde), vagd (summa) eller ovagd (medelvärde av kommuner)"),
    "lower": ("number", "Nedre gräns för värdets osäkerhet (95 procents konfidensintervall), där den kan räknas"),
    "upper": ("number", "Övre gräns för värdets osäkerhet"),
    "source": ("string", "Källa, som ska anges när uppgiften används"),
}


def indicator_frame(layout: Layout, area: str, year: int) -> pd.DataFrame:
    """Return an area's and year's figures with titles, names and source, in the columns of `COLUMNS`."""
    frame = pd.read_parquet(layout.analysis(area, year) / "indikatorer.parquet")
    indicators = {indicator.id: indicator for indicator in load_catalogue().in_area(area)}
    frame["title"] = frame["indicator"].map({key: one.title for key, one in indicators.items()})
    frame["unit"] = frame["indicator"].map({key: one.unit_text for key, one in indicators.items()})
    frame["region_name"] = frame["region"].map({code: region_name(code) for code in frame["region"].unique()})
    frame["source"] = SOURCE_NAMES[layout.source]
    return frame[list(COLUMNS)]


def write_open_data(layout: Layout) -> list[Path]:
    """Write the release's data folder, each kommun's own data, and the executed notebooks.

    Returns
    -------
    list of Path
        The files, the package description last.
    """
    if layout.source not in SOURCE_NAMES:
        raise ParameterError("source", layout.source, SOURCE_NAMES)
    resources, files = [], []
    for area in AREAS:
        for year in layout.years:
            if not layout.analysis(area.id, year).is_dir():
                continue
            frame = indicator_frame(layout, area.id, year)
            stem = layout.release / "data" / "indikatorer" / f"{area.id}-{year}"
            for suffix, content in ((".csv", csv_bytes(frame)), (".parquet", parquet_bytes(frame))):
                path = stem.with_name(stem.name + suffix)
                write_atomic(path, content)
                files.append(path)
                if suffix == ".csv":
                    resources.append(_resource(path, layout, f"{area.name} {year}", COLUMNS))
            files += _notebooks(layout, area.id, year)
    for name, (frame, fields, title) in (quality_frames(layout) | colour_frames(layout)).items():
        path = layout.release / "data" / f"{name}.csv"
        write_atomic(path, csv_bytes(frame))
        files.append(path)
        resources.append(_resource(path, layout, title, fields))
    files += _kommun_files(layout)
    package = layout.release / "data" / "datapackage.json"
    write_atomic(package, json.dumps(_package(layout, resources), ensure_ascii=False, indent=1) + "\n")
    return [*files, package]


def _kommun_files(layout: Layout) -> list[Path]:
    files = []
    catalogue = load_catalogue()
    titles = {indicator.id: indicator.title for indicator in catalogue.indicators}
    names = {area.id: area_called(area.id).name for area in AREAS}
    for kommun in kommuner():
        frame = read_underlag(layout, kommun.kod)
        files.append(write_gross_list(layout, kommun, frame))
        frame.insert(0, "source", SOURCE_NAMES[layout.source])
        frame.insert(1, "kommun", kommun.namn)
        frame.insert(3, "title", frame["indicator"].map(titles))
        frame["area"] = frame["area"].map(names)
        path = layout.kommun_folder(kommun.slug) / "data.csv"
        write_atomic(path, csv_bytes(frame))
        files.append(path)
    return files


def _notebooks(layout: Layout, area: str, year: int) -> list[Path]:
    files = []
    for step in STEPS:
        source = layout.executed(area, year) / f"{step}.ipynb"
        if source.is_file():
            target = layout.release / "notebooks" / area / str(year) / source.name
            write_atomic(target, source.read_bytes())
            files.append(target)
    return files


def _resource(path: Path, layout: Layout, title: str, fields: dict[str, tuple[str, str]]) -> dict[str, object]:
    return {
        "name": path.stem,
        "title": title,
        "path": path.relative_to(layout.release / "data").as_posix(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": {
            "fields": [{"name": name, "type": kind, "description": text} for name, (kind, text) in fields.items()]
        },
    }


def _package(layout: Layout, resources: list[dict[str, object]]) -> dict[str, object]:
    synthetic = " Syntetiska data: alla uppgifter är påhittade." if layout.synthetic else ""
    return {
        "name": f"lagesbild-{layout.source}-{layout.year}",
        "title": f"Öppna jämförelser {layout.year}: indikatorer per område och år",
        "description": f"Indikatorer för riket, län, kommungrupper och kommuner.{synthetic}",
        "sources": [{"title": SOURCE_NAMES[layout.source]}],
        "resources": resources,
    }
