"""Small catalogues, dumps and a local server that behaves as Kolada's API does."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pandas as pd
import pytest

from lagesbild.catalogue.indicators import Indicator, Scale
from lagesbild.catalogue.load import Catalogue


@pytest.fixture(scope="session")
def kolada_indicator(an_indicator: Callable[..., Indicator]) -> Callable[..., Indicator]:
    """Return a maker of indicators that are only a Kolada KPI and a scale."""

    def make(kolada: str, scale: Scale, codes: dict[str, str] | None = None) -> Indicator:
        fields = {"scale": scale, "kolada": kolada, "kolada_codes": codes or {}, "phase": 2016, "levels": ("kommun",)}
        return an_indicator(f"ao-{kolada.lower()}", title=kolada, short_title=kolada, unit_text="", **fields)

    return make


@pytest.fixture
def catalogue(kolada_indicator: Callable[..., Indicator]) -> Catalogue:
    """Return a catalogue of one percentage, one count of days, one cost and one answer."""
    return Catalogue(
        indicators=(
            kolada_indicator("U10001", Scale.PROCENT),
            kolada_indicator("U10002", Scale.DAGAR),
            kolada_indicator("N10003", Scale.KRONOR),
            kolada_indicator("U10004", Scale.JA_NEJ, {"1": "ja", "0": "nej"}),
        )
    )


@pytest.fixture
def good_rows() -> list[dict[str, Any]]:
    """Return rows without a fault, also of a KPI that no one asked for."""
    cells = [
        ("U10001", "1440", "T", 87.25),
        ("U10001", "0180", "K", 100.0),
        ("U10001", "0", "T", 84.0),
        ("U10001", "14", "T", 85.5),
        ("U10002", "1440", "T", 12.0),
        ("N10003", "1440", "T", -3.5),
        ("U10004", "1440", "T", 1.0),
        ("U10004", "0180", "T", 0.0),
        ("N99999", "1440", "T", 4711.0),
    ]
    return [
        {"kpi": kpi, "geo": geo, "year": 2020, "gender": gender, "value": value} for kpi, geo, gender, value in cells
    ]


@pytest.fixture
def dump(tmp_path: Path) -> Callable[[list[dict[str, Any]]], Path]:
    """Return a function that writes rows as a dump and returns its folder."""

    def write(rows: list[dict[str, Any]]) -> Path:
        folder = tmp_path / "kolada"
        folder.mkdir(exist_ok=True)
        pd.DataFrame(rows).to_parquet(folder / "observations.parquet", index=False)
        kpis = sorted({str(row["kpi"]) for row in rows})
        lines = ["id,title", *(f"{kpi},Titel för {kpi}" for kpi in kpis)]
        (folder / "kpi.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        (folder / "municipality.csv").write_text("id,title,type\n1440,Ale,K\n", encoding="utf-8")
        text = "group_id,group_title,member_id,member_title\nG1,Grupp,1440,Ale\n"
        (folder / "municipality_groups.csv").write_text(text, encoding="utf-8")
        return folder

    return write


class FakeKolada:
    """What the local server knows and what it has been asked.

    Parameters
    ----------
    objects
        Data objects as the API gives them.
    municipalities
        Id, title and type.
    """

    def __init__(self, objects: list[dict[str, Any]], municipalities: list[dict[str, str]]) -> None:
        self.objects = objects
        self.municipalities = municipalities
        self.page_size = 3
        self.trouble: list[tuple[int, dict[str, str]]] = []  # answers given before any right one
        self.fail_after: int | None = None  # number of data requests answered before the server breaks
        self.n_data = 0
        self.changed: dict[str, str] = {}  # date of a KPI's last change; "2020-01-01" where not told
        self.units: list[dict[str, str]] = []
        self.unit_objects: list[dict[str, Any]] = []
        self.paths: list[str] = []
        self.url = ""

    def answer(self, target: str) -> tuple[int, dict[str, str], dict[str, Any]]:
        """Return status, headers and envelope for a request."""
        parts = urlsplit(target)
        path = parts.path.removeprefix("/v3/")
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        self.paths.append(target)
        if self.trouble:
            status, headers = self.trouble.pop(0)
            return status, headers, {"error": "try later"}
        if any(len(segment.split(",")) > 25 for segment in path.split("/")):
            return 400, {}, {"error": "too many ids"}
        if path.startswith(("data/", "oudata/")):
            if self.fail_after is not None and self.n_data >= self.fail_after:
                return 503, {}, {}
            self.n_data += 1
        found = self._found(path, query)
        page = int(query.get("page", "1"))
        size = min(int(query["per_page"]), self.page_size)
        values = found[(page - 1) * size : page * size]
        more = len(found) > page * size
        rest = "&".join(f"{name}={value}" for name, value in query.items() if name != "page")
        next_url = f"{self.url}/{path}?{rest}&page={page + 1}" if more else None
        return 200, {}, {"values": values, "count": len(values), "next_url": next_url}

    def _found(self, path: str, query: dict[str, str]) -> list[dict[str, Any]]:
        names = path.split("/")
        if names[0] == "municipality":
            return [one for one in self.municipalities if one["type"] == query["region_type"]]
        if names[0] == "municipality_groups":
            return [{"id": "G1", "title": "Grupp", "members": [{"id": "1440", "title": "Ale"}]}]
        if names[0] == "kpi_groups":
            return [{"id": "GK", "title": "Nyckeltal", "members": [{"member_id": "U10001", "member_title": "x"}]}]
        if names[0] == "ou":
            return list(self.units)
        if names[0] == "kpi":
            with_units = {one["kpi"] for one in self.unit_objects}
            ids = names[1].split(",") if len(names) > 1 else sorted({one["kpi"] for one in self.objects})
            return [{"id": kpi, "title": f"Titel för {kpi}", "has_ou_data": kpi in with_units} for kpi in ids]
        kpis, places, years = (set(names[index].split(",")) for index in (2, 4, 6))
        place = "ou" if names[0] == "oudata" else "municipality"
        since = query.get("from_date", "")
        return [
            one
            for one in (self.unit_objects if names[0] == "oudata" else self.objects)
            if one["kpi"] in kpis and one[place] in places and str(one["period"]) in years
            if self.changed.get(one["kpi"], "2020-01-01") >= since
        ]


def objects_of(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of a dump as the API gives them, with the API's own codes for riket and regions."""
    objects: dict[tuple[str, str, int], dict[str, Any]] = {}
    for row in rows:
        geo = {1: "0000", 2: f"00{row['geo']}"}.get(len(row["geo"]), row["geo"])
        key = (row["kpi"], geo, row["year"])
        one = objects.setdefault(key, {"kpi": key[0], "municipality": geo, "period": key[2], "values": []})
        value = {"gender": row["gender"], "count": 1, "status": "", "value": row["value"], "isdeleted": False}
        one["values"].append(value)
    return list(objects.values())


@pytest.fixture
def kolada(good_rows: list[dict[str, Any]]) -> Iterator[FakeKolada]:
    """Serve the good rows on 127.0.0.1 as the API would."""
    municipalities = [
        {"id": "0000", "title": "Riket", "type": "L"},
        {"id": "0014", "title": "Västra Götalandsregionen", "type": "L"},
        {"id": "1440", "title": "Ale", "type": "K"},
        {"id": "0180", "title": "Stockholm", "type": "K"},
        *({"id": str(code), "title": f"Utan värden {code}", "type": "K"} for code in range(8000, 8030)),
    ]
    fake = FakeKolada(objects_of(good_rows), municipalities)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, envelope = fake.answer(self.path)
            body = json.dumps(envelope).encode()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    fake.url = f"http://127.0.0.1:{server.server_port}/v3"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield fake
    server.shutdown()
    server.server_close()
    thread.join()
