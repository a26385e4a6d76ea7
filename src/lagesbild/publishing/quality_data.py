"""The open data on data quality: every indicator's grade, every finding with its cell, and who has not answered."""

from __future__ import annotations

import pandas as pd

from lagesbild.catalogue.areas import AREAS
from lagesbild.catalogue.load import load_catalogue
from lagesbild.catalogue.regions import region_name
from lagesbild.publishing.layout import SOURCE_NAMES, Layout

#: What the columns mean, for datapackage.json.
GRADE_FIELDS = {
    "indicator": ("string", "Indikatorns id i katalogen"),
    "title": ("string", "Indikatorns namn"),
    "year": ("integer", "År"),
    "grade": ("string", "Betyg: A god, B godtagbar, C osäker, D bristfällig; tomt utan resultat att bedöma"),
    "n_kommuner": ("integer", "Antal kommuner med resultat som kan visas"),
    "n_kommuner_expected": ("integer", "Antal kommuner som skulle ha redovisat"),
    "n_kommuner_flagged": ("integer", "Antal kommuner med minst en avvikelse"),
    "n_findings": ("integer", "Antal avvikelser"),
    "points": ("number", "Rangordnar indikatorer inom ett betyg; högre är sämre"),
    "reasons": ("string", "Skälen till betyget"),
    "source": ("string", "Källa, som ska anges när uppgiften används"),
}
FINDING_FIELDS = {
    "indicator": ("string", "Indikatorns id i katalogen"),
    "title": ("string", "Indikatorns namn"),
    "year": ("integer", "År"),
    "level": ("string", "rike eller kommun"),
    "region": ("string", "Kod: 0000 riket, fyra siffror kommun"),
    "region_name": ("string", "Namn på riket eller kommunen"),
    "sex": ("string", "T totalt, K kvinnor, M män"),
    "check": ("string", "Vilken kontroll som fann avvikelsen"),
    "severity": ("integer", "0 upplysning, 1 lindrig, 2 tydlig, 3 allvarlig"),
    "text": ("string", "Vad kontrollen fann"),
    "source": ("string", "Källa, som ska anges när uppgiften används"),
}
NONRESPONSE_FIELDS = {
    "area": ("string", "Områdets id i katalogen"),
    "year": ("integer", "År"),
    "survey": (
        "string",
        "Undersökning: kommunenkat, enhetsundersokning, brukarundersokning, register eller rakenskapssammandrag",
    ),
    "question": (
        "string",
        "Vad som jämförs mellan dem som har svarat och de andra: folkmangd, tidigare_resultat eller kommungrupp",
    ),
    "n_answered": ("integer", "Antal kommuner som har svarat; för tidigare_resultat bara de som har ett sådant"),
    "n_not": ("integer", "Antal kommuner som inte har svarat; för tidigare_resultat bara de som har ett sådant"),
    "answered": ("number", "Median av folkmängd eller medelvärde av tidigare resultat, för dem som har svarat"),
    "not_answered": ("number", "Samma mått för dem som inte har svarat"),
    "p_value": ("number", "Permutationstestets p-värde; tomt när det inte har prövats"),
    "verdict": ("string", "skiljer_sig, ingen_skillnad eller for_fa, efter Holms metod per undersökning"),
    "source": ("string", "Källa, som ska anges när uppgiften används"),
}


_FIELDS = {"kvalitet": GRADE_FIELDS, "avvikelser": FINDING_FIELDS, "bortfall": NONRESPONSE_FIELDS}


def quality_frame(layout: Layout, name: str) -> pd.DataFrame:
    """Return the rows of a file on data quality: ``kvalitet``, ``avvikelser`` or ``bortfall``.

    Areas and years that have not been analysed are left out.
    """
    return _all(layout, name, _FIELDS[name])


def _all(layout: Layout, name: str, fields: dict[str, tuple[str, str]]) -> pd.DataFrame:
    paths = [(area.id, layout.analysis(area.id, year) / f"{name}.parquet") for area in AREAS for year in layout.years]
    frames = [pd.read_parquet(path).assign(area=area) for area, path in paths if path.is_file()]
    if not frames:
        return pd.DataFrame(columns=list(fields))
    frame = pd.concat(frames, ignore_index=True)
    if "indicator" in frame:
        frame["title"] = frame["indicator"].map({one.id: one.title for one in load_catalogue().indicators})
    frame["source"] = SOURCE_NAMES[layout.source]
    if "region" in frame:
        frame["region_name"] = frame["region"].map({code: region_name(code) for code in frame["region"].unique()})
    return frame[list(fields)]
