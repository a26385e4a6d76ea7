"""The API is asked in pages and batches, patiently, and gives what a dump of it gives."""

from __future__ import annotations

import pickle
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lagesbild.catalogue.load import Catalogue
from lagesbild.errors import InputError, ParameterError
from lagesbild.sources.kolada_api import KoladaClient, KoladaError, batches
from lagesbild.sources.kolada_download import Request, download, kpi_ids, kpis_with_prefix
from lagesbild.sources.kolada_dump import read_dump
from lagesbild.sources.kolada_files import group_rows, rows_of
from lagesbild.sources.kolada_release import Release, read_release
from lagesbild.sources.raw_origins import list_raw_files

YEARS = (2019, 2020)


def asked(catalogue: Catalogue, **more: Any) -> Request:
    """Return the request for the catalogue's key figures of two years."""
    return Request(kpis=tuple(kpi_ids(catalogue)), years=YEARS, **more)


def downloaded(client: KoladaClient, catalogue: Catalogue, folder: Path) -> pd.DataFrame:
    """Return the observations of a dump that is downloaded into `folder`."""
    return read_dump(download(folder, client=client, request=asked(catalogue)), catalogue=catalogue).observations


@pytest.fixture
def waits() -> list[float]:
    """Return the list that a client's waits go into."""
    return []


@pytest.fixture
def client(kolada: Any, waits: list[float]) -> Any:
    """Return a client of the local server that doesn't really sleep."""
    with KoladaClient(kolada.url, sleep=waits.append, timeout=5) as found:
        yield found


def test_api_and_dump_give_the_same_observations(
    client: KoladaClient,
    catalogue: Catalogue,
    tmp_path: Path,
    dump: Callable[..., Path],
    good_rows: list[dict[str, Any]],
) -> None:
    through_api = downloaded(client, catalogue, tmp_path / "raw")
    through_dump = read_dump(dump(good_rows), catalogue=catalogue).observations
    assert len(through_api) == 8
    pd.testing.assert_frame_equal(through_api, through_dump)


def test_a_download_is_a_dump(client: KoladaClient, catalogue: Catalogue, tmp_path: Path) -> None:
    told: list[tuple[int, int, str]] = []
    folder = download(
        tmp_path / "raw",
        client=client,
        request=asked(catalogue),
        progress=lambda done, of, what: told.append((done, of, what)),
    )
    assert sorted(path.name for path in folder.iterdir()) == [
        "dump.json",
        "kpi.csv",
        "kpi_groups.csv",
        "municipality.csv",
        "municipality_groups.csv",
        "observations.parquet",
        "ursprung.csv",
    ]
    assert len(read_dump(folder, catalogue=catalogue).observations) == 8
    assert told == [(1, 2, "N10003-U10004"), (2, 2, "N10003-U10004")]  # 34 areas are two batches


def test_a_download_tells_whom_it_is_from_and_when_it_was_fetched(
    client: KoladaClient, catalogue: Catalogue, tmp_path: Path
) -> None:
    request = asked(catalogue, retrieved="2026-03-02")
    folder = download(tmp_path / "raw" / "kolada", client=client, request=request)
    assert {(one.retrieved, one.address) for one in list_raw_files(folder) if one.path != "ursprung.csv"} == {
        ("2026-03-02", client.base_url)
    }
    assert all("Kolada (RKA)" in (one.origin or "") for one in list_raw_files(folder.parent))


def test_two_downloads_are_the_same_bytes(
    client: KoladaClient, kolada: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    first = download(tmp_path / "a", client=client, request=asked(catalogue))
    kolada.objects.reverse()
    kolada.municipalities.reverse()
    second = download(tmp_path / "b", client=client, request=asked(catalogue))
    for path in first.iterdir():
        assert path.read_bytes() == (second / path.name).read_bytes()


def test_an_interrupted_download_asks_only_for_the_rest(kolada: Any, catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    kolada.page_size = 100
    kolada.fail_after = 1
    with KoladaClient(kolada.url, sleep=lambda _: None, tries=2) as client:
        with pytest.raises(KoladaError, match="status 503 after 2 tries"):
            download(folder, client=client, request=asked(catalogue))
        assert not (folder / "observations.parquet").exists()
        kolada.fail_after = None
        before = len(kolada.paths)
        download(folder, client=client, request=asked(catalogue))
    assert sum(1 for path in kolada.paths[before:] if path.startswith("/v3/data/")) == 1
    assert len(read_dump(folder, catalogue=catalogue).observations) == 8


def test_a_failed_download_leaves_the_old_dump(kolada: Any, catalogue: Catalogue, tmp_path: Path) -> None:
    folder = tmp_path / "raw"
    with KoladaClient(kolada.url, sleep=lambda _: None, tries=2) as client:
        download(folder, client=client, request=asked(catalogue))
        before = {path.name: path.read_bytes() for path in folder.iterdir()}
        kolada.fail_after = 0
        with pytest.raises(KoladaError):
            download(folder, client=client, request=asked(catalogue))
    assert {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()} == before


def test_pages_are_followed_to_the_end(client: KoladaClient, kolada: Any) -> None:
    found = client.municipalities()
    assert len(found) == len(kolada.municipalities) == 34
    assert any("page=11" in path for path in kolada.paths)


def test_no_path_holds_more_than_25_ids(client: KoladaClient, kolada: Any) -> None:
    with pytest.raises(ValueError, match="26 ids for municipality; a path holds 1 to 25"):
        client.data(["U10001"], [f"{code:04}" for code in range(26)], [2020])
    assert kolada.paths == []
    ids = [f"K{number}" for number in range(60)]
    assert [len(batch) for batch in batches(ids)] == [25, 25, 10]
    assert len(client.kpis(ids)) == 60


def test_a_busy_server_says_how_long_to_wait(client: KoladaClient, kolada: Any, waits: list[float]) -> None:
    kolada.trouble = [(429, {"Retry-After": "17"}), (429, {}), (500, {})]
    assert len(client.data(["U10001"], ["1440"], [2020])) == 1
    assert waits == [17.0, 2.0, 4.0]


def test_a_retry_after_date_is_not_followed_and_no_wait_is_endless(
    client: KoladaClient, kolada: Any, waits: list[float]
) -> None:
    kolada.trouble = [(429, {"Retry-After": "Wed, 21 Oct 2015 07:28:00 GMT"}), (429, {"Retry-After": "86400"})]
    client.data(["U10001"], ["1440"], [2020])
    assert waits == [1.0, 300.0]


def test_the_client_gives_up_in_the_end(client: KoladaClient, kolada: Any, waits: list[float]) -> None:
    kolada.trouble = [(500, {})] * 6
    with pytest.raises(KoladaError, match="status 500 after 6 tries") as caught:
        client.data(["U10001"], ["1440"], [2020])
    assert waits == [1.0, 2.0, 4.0, 8.0, 16.0]
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_a_wrong_request_is_not_repeated(client: KoladaClient, kolada: Any, waits: list[float]) -> None:
    kolada.trouble = [(404, {})]
    with pytest.raises(KoladaError, match="status 404"):
        client.data(["U10001"], ["1440"], [2020])
    assert waits == []
    assert len(kolada.paths) == 1


def test_a_server_that_does_not_answer_is_asked_again(waits: list[float]) -> None:
    with socket.socket() as silent:  # listens, never answers
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/v3"
        client = KoladaClient(url, sleep=waits.append, tries=2, timeout=0.2)
        with client, pytest.raises(KoladaError, match=r"no answer \(ReadTimeout\) after 2 tries"):
            client.municipality_groups()
    assert waits == [1.0]


def test_a_next_page_elsewhere_is_not_followed(client: KoladaClient, kolada: Any) -> None:
    url, kolada.url = kolada.url, "http://example.invalid/v3"
    with pytest.raises(KoladaError, match="another server"):
        client.municipalities()
    assert all("example" not in path for path in kolada.paths)
    kolada.url = url


def test_a_taken_back_value_is_marked_and_a_status_is_kept() -> None:
    value = {"gender": "T", "count": 1, "status": "", "value": 1.0, "isdeleted": False}
    values = [
        value | {"isdeleted": True},
        value | {"gender": "K", "status": "Privacy", "value": None},
        value | {"gender": "M", "status": None},
    ]
    rows = rows_of([{"kpi": "U1", "municipality": "1440", "period": 2020, "values": values}]).to_pylist()
    shown = [(row["gender"], row["value"], row["status"], row["isdeleted"]) for row in rows]
    assert shown == [("T", 1.0, "", True), ("K", None, "Privacy", False), ("M", 1.0, "", False)]


def test_a_taken_back_value_is_no_observation(
    client: KoladaClient, kolada: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    kolada.objects[0]["values"][0]["isdeleted"] = True
    frame = downloaded(client, catalogue, tmp_path)
    assert len(frame) == 7
    assert frame[(frame["indicator"] == "ao-u10001") & (frame["region"] == "1440")].empty


def test_an_object_of_another_shape_is_an_error() -> None:
    with pytest.raises(KoladaError, match=r"unknown shape.*U1"):
        rows_of([{"kpi": "U1", "ou": "V15E1", "period": 2020, "values": [{"gender": "T"}]}])


def test_statuses_reach_the_observations(
    client: KoladaClient, kolada: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    kolada.objects[0]["values"][0] |= {"status": "Privacy", "value": 40.0}
    frame = downloaded(client, catalogue, tmp_path)
    withheld = frame[frame["status"] == "sekretess"]
    assert withheld[["indicator", "region"]].to_numpy().tolist() == [["ao-u10001", "1440"]]
    assert withheld["value"].isna().all()


def test_only_what_was_changed_is_fetched(
    client: KoladaClient, kolada: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    kolada.changed = {"U10002": "2026-02-14"}
    release = Release(date="2026-03-01", from_date="2026-02-01")
    folder = download(tmp_path / "changes", client=client, request=asked(catalogue, release=release))
    rows = pd.read_parquet(folder / "observations.parquet")
    assert rows[["kpi", "geo", "value"]].to_numpy().tolist() == [["U10002", "1440", 12.0]]
    assert read_release(folder / "dump.json").release == release
    data = [path for path in kolada.paths if path.startswith("/v3/data/")]
    assert data
    assert all("from_date=2026-02-01" in path for path in data)
    with pytest.raises(InputError, match="the folder holds changes only"):
        download(folder, client=client, request=asked(catalogue))


def test_a_date_that_is_none_is_refused_before_anything_is_asked(
    client: KoladaClient, kolada: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    with pytest.raises(ParameterError, match="unknown from date: '1 mars'"):
        download(tmp_path, client=client, request=asked(catalogue, release=Release(from_date="1 mars")))
    assert kolada.paths == []


@pytest.fixture
def with_units(kolada: Any) -> Any:
    """Let the server have values of 60 units in Ale, two of them of one name."""
    kolada.units = [
        {"id": f"V15E1440{number:05}", "title": f"Enhet {max(number, 1)}", "municipality": "1440"}
        for number in range(60)
    ]
    kolada.unit_objects = [
        {
            "kpi": "U10001",
            "ou": unit["id"],
            "period": 2020,
            "values": [{"gender": "T", "count": 1, "status": status, "value": 70.0, "isdeleted": gone}],
        }
        for unit, status, gone in zip(
            kolada.units[:4], ("", "Privacy", "", ""), (False, False, False, True), strict=True
        )
    ]
    return kolada


def test_units_come_with_their_kommun_and_name(
    client: KoladaClient, with_units: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = download(tmp_path / "raw", client=client, request=asked(catalogue, units=True))
    frame = read_dump(folder, catalogue=catalogue).observations
    units = frame[frame["level"] == "enhet"]
    assert units[["region", "unit", "status"]].to_numpy().tolist() == [
        ["1440", "Enhet 1 (V15E144000000)", "ok"],
        ["1440", "Enhet 1 (V15E144000001)", "sekretess"],
        ["1440", "Enhet 2", "ok"],
    ]
    assert units["value"].isna().tolist() == [False, True, False]
    assert len(frame) == 8 + 3
    asked_for = [path for path in with_units.paths if path.startswith("/v3/oudata/")]
    assert {path.split("/")[4] for path in asked_for} == {"U10001"}  # the others have no units


def test_no_path_to_units_holds_more_than_25_ids(client: KoladaClient, with_units: Any) -> None:
    ids = [unit["id"] for unit in with_units.units]
    with pytest.raises(ValueError, match="60 ids for ou; a path holds 1 to 25"):
        client.unit_data(["U10001"], ids, [2020])
    found = [one for batch in batches(ids) for one in client.unit_data(["U10001"], batch, [2020])]
    assert len(found) == 4
    assert len(client.units()) == 60  # 20 pages


def test_a_unit_that_is_not_listed_is_a_fault_among_the_others(
    client: KoladaClient, with_units: Any, catalogue: Catalogue, tmp_path: Path
) -> None:
    folder = download(tmp_path / "raw", client=client, request=asked(catalogue, units=True))
    rows = pd.read_parquet(folder / "oudata.parquet")
    rows.loc[0, "ou"] = "V15E999999999"
    rows.loc[1, "year"] = 3020
    rows.to_parquet(folder / "oudata.parquet")
    with pytest.raises(InputError) as caught:
        read_dump(folder, catalogue=catalogue)
    told = sorted(f"{Path(str(fault.file)).name} {fault.what}" for fault in caught.value.faults)
    assert told == [
        "oudata.parquet unit 'V15E999999999' is not in ou.csv (1 rows)",
        "oudata.parquet year '3020' is no year (1 row, this is the first)",
    ]


def test_groups_of_key_figures_and_of_kommuner_are_read_alike(client: KoladaClient) -> None:
    assert group_rows(client.kpi_groups()) == [("GK", "Nyckeltal", "U10001", "x")]
    assert group_rows(client.municipality_groups()) == [("G1", "Grupp", "1440", "Ale")]
    with pytest.raises(KoladaError, match="a group of unknown shape"):
        group_rows([{"id": "G", "members": [{"name": "Ale"}]}])


def test_key_figures_are_found_by_the_beginning_of_their_id(client: KoladaClient) -> None:
    assert kpis_with_prefix(client, ["U1"]) == ["U10001", "U10002", "U10004"]
    with pytest.raises(ParameterError, match="unknown prefix: 'X9'"):
        kpis_with_prefix(client, ["X9"])
