"""One changed byte, one file more or one less is found wherever it stands, and named with what it is."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from lagesbild.catalogue.raw_files import FILE as RAW_FILES
from lagesbild.catalogue.raw_files import RawFiles
from lagesbild.catalogue.raw_hash import KEY_FILE
from lagesbild.cli import app
from lagesbild.disclosure.gate_note import FILE as GATE_NOTE
from lagesbild.errors import DamagedError, NotBuiltError
from lagesbild.files import sha256, sha256_tree, write_atomic
from lagesbild.provenance import code_files
from lagesbild.provenance.manifest import BESIDE, NAME, SUM, write_manifest
from lagesbild.provenance.verify import Verified, verify
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.records import Record, outputs_of, read_record
from lagesbild.sources.raw_origins import list_raw_files

RAW = ("kolada/observations.parquet", "socialstyrelsen/register-hemloshet-2024.xlsx", "analytiker/mal.csv")
CODE = (
    "analysis/indikatorer.ipynb",
    "reports/kommunrapport/kommunrapport.qmd",
    "data/catalogue/hemloshet.yml",
    "requirements.lock",
)
CODE_WORDS = ("notebook", "document", "catalogue", "lock file")
PRODUCTS = {
    "data/indikatorer/hemloshet-2024.csv": "published CSV",
    "data/indikatorer/hemloshet-2024.parquet": "published Parquet",
    "notebooks/hemloshet/2024/indikatorer.ipynb": "executed notebook",
    "kommuner/1440-ale/kommunrapport.pdf": "kommunrapport (PDF)",
    "kommuner/1440-ale/data.csv": "published CSV",
    "site/indikatorer/hem-x/index.html": "page (HTML)",
    "site/indikatorer/hem-x/karta.svg": "figure (SVG)",
    "site/kommuner/1440-ale/index.html": "page (HTML)",
    "site/pagefind/pagefind.js": "search index (JS)",
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a folder with a project of few files, in place of the repository, and a release made with it."""
    folder = tmp_path_factory.mktemp("liten")
    for name in CODE:
        write_atomic(folder / "projekt" / name, f"{name}\n")
    with pytest.MonkeyPatch.context() as patch:
        _stand_in(patch, folder / "projekt")
        _built(folder / "rot")
    yield folder


def _stand_in(patch: pytest.MonkeyPatch, project: Path) -> None:
    patch.setattr(code_files, "project_root", lambda: project)
    patch.setattr(code_files, "PACKAGE_FOLDER", project / "paketet")


@pytest.fixture
def project(small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project of one's own, in place of the repository."""
    folder = shutil.copytree(small / "projekt", tmp_path / "projekt")
    _stand_in(monkeypatch, folder)
    return folder


def _built(root: Path) -> Layout:
    """Write a release of few files with all that its manifest is made from."""
    layout = Layout(root=root, source="demo", year=2024)
    for name in RAW:
        write_atomic(layout.raw / name, f"{name} 4711\n")
    write_atomic(layout.raw / KEY_FILE, "nyckel som är lika i alla prov, och lång\n")
    write_atomic(layout.work / RAW_FILES, RawFiles(files=list_raw_files(layout.raw)).text())
    gate = {"rules": {"data/catalogue": "ab"}, "solver": {"name": "x"}, "raw": {"hemloshet": list(RAW[:2])}}
    write_atomic(layout.work / GATE_NOTE, json.dumps(gate))
    released = layout.released / "hemloshet" / "2024.parquet"
    write_atomic(released, "frisläppt\n")
    write_atomic(layout.released / "hemloshet.digest", sha256_tree([released], layout.released))
    frame = layout.analysis("hemloshet", 2024) / "indikatorer.parquet"
    write_atomic(frame, "analys\n")
    write_atomic(layout.yearly / "analysis" / "hemloshet.digest", sha256_tree([frame], frame.parents[1]))
    write_atomic(layout.underlag / "1440.parquet", "underlag\n")
    for name in PRODUCTS:
        write_atomic(layout.release / name, f"{name}: Syntetiska data\n")
    twin = layout.twins / "kommuner/1440-ale/index.ipynb"
    write_atomic(twin, "körd\n")
    pdf = layout.release / "kommuner/1440-ale/kommunrapport.pdf"
    underlag = layout.underlag / "1440.parquet"
    Record(
        document="reports/kommunrapport/kommunrapport.qmd",
        kind="kommunrapport",
        parameters={"kommun": "1440", "source": "demo", "year": 2024},
        engine="embedded",
        inputs=outputs_of([underlag], root),
        outputs=outputs_of([pdf, twin], root),
    ).write(layout.records / "kommuner" / "1440-ale.json")
    write_manifest(layout)
    return layout


@pytest.fixture
def release(small: Path, project: Path, tmp_path: Path) -> Layout:
    """Return a release of one's own, of few files."""
    assert project.is_dir()
    return Layout(root=shutil.copytree(small / "rot", tmp_path / "rot"), source="demo", year=2024)


def told(found: Verified) -> list[str]:
    return [str(fault) for fault in found.faults]


def flip(path: Path) -> None:
    """Change one bit of a file in its middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_an_untouched_release_is_as_its_manifest_says(release: Layout) -> None:
    found = verify(release)
    assert told(found) == []
    assert found.counts == {"products": len(PRODUCTS), "files of code": len(CODE), "raw files": len(RAW) + 1}
    assert found.digest == sha256(release.release / NAME)
    assert (release.release / SUM).read_text() == f"{found.digest}  {NAME}\n"


@pytest.mark.parametrize(("name", "kind"), PRODUCTS.items())
def test_a_changed_missing_and_added_product_is_named_with_what_it_is(release: Layout, name: str, kind: str) -> None:
    path = release.release / name
    flip(path)
    assert told(verify(release)) == [f"{kind} {name}: changed"]
    path.unlink()
    assert told(verify(release)) == [f"{kind} {name}: missing"]


def test_an_added_file_is_named(release: Layout) -> None:
    write_atomic(release.release / "data/extra.csv", "a\n")
    write_atomic(release.release / ".dold", "a\n")
    assert told(verify(release)) == ["unknown file .dold: added", "unknown CSV data/extra.csv: added"]


@pytest.mark.parametrize("name", RAW)
def test_a_raw_file_is_named_and_nothing_of_its_content(release: Layout, name: str) -> None:
    path = release.raw / name
    flip(path)
    assert told(verify(release)) == [f"raw file {name}: changed"]
    path.rename(path.with_name("annan" + path.suffix))
    other = Path(name).with_name("annan" + path.suffix).as_posix()
    assert sorted(told(verify(release))) == sorted([f"raw file {name}: missing", f"raw file {other}: added"])
    assert "4711" not in (release.release / NAME).read_text()


def test_what_programs_leave_beside_files_is_passed_over(release: Layout, project: Path) -> None:
    write_atomic(release.raw / "socialstyrelsen/~$register-hemloshet-2024.xlsx", "låst\n")
    for name in (
        "analysis/.ipynb_checkpoints/a.ipynb",
        "reports/a.qmd~",
        "analysis/__pycache__/a.pyc",
        "data/raw/x.csv",
    ):
        write_atomic(project / name, "x\n")
    assert told(verify(release)) == []


@pytest.mark.parametrize(("name", "kind"), list(zip(CODE, CODE_WORDS, strict=True)))
def test_code_is_named_with_what_it_is(release: Layout, project: Path, name: str, kind: str) -> None:
    flip(project / name)
    assert told(verify(release)) == [f"{kind} {name}: changed"]
    (project / name).unlink()
    assert told(verify(release)) == [f"{kind} {name}: missing"]


def test_an_added_notebook_is_named(release: Layout, project: Path) -> None:
    write_atomic(project / "analysis/ny.ipynb", "{}")
    assert told(verify(release)) == ["notebook analysis/ny.ipynb: added"]


def test_a_changed_step_is_named(release: Layout) -> None:
    flip(release.underlag / "1440.parquet")
    assert told(verify(release)) == ["step underlag/1440: changed"]


def test_a_changed_manifest_is_found_wherever_the_byte_stands(release: Layout) -> None:
    path = release.release / NAME
    content = path.read_bytes()
    for place in range(0, len(content), 23):
        path.write_bytes(content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :])
        assert any(line.startswith(f"manifest {NAME}: changed") for line in told(verify(release)))


def test_a_manifest_written_anew_with_its_hash_shows_in_the_hash_from_elsewhere(release: Layout) -> None:
    before = verify(release).digest
    pdf = release.release / "kommuner/1440-ale/kommunrapport.pdf"
    flip(pdf)
    with pytest.raises(DamagedError, match=r"kommuner/1440-ale/kommunrapport\.pdf.*remove it and run make"):
        write_manifest(release)
    # Who changes the report's record too gets a manifest, which is another.
    path = release.records / "kommuner" / "1440-ale.json"
    record = read_record(path)
    assert record is not None
    replace(record, outputs={**record.outputs, **outputs_of([pdf], release.root)}).write(path)
    write_manifest(release)
    assert told(verify(release, digest=before)) == [f"manifest {NAME}: changed: its SHA-256 is not {before}"]


@pytest.mark.parametrize("name", BESIDE[1:])
def test_what_stands_beside_the_manifest_is_held_against_it(release: Layout, name: str) -> None:
    flip(release.release / name)
    assert len(told(verify(release))) == 1
    (release.release / name).unlink()
    assert [fault.what for fault in verify(release).faults] == ["missing"]
    assert verify(release).faults[0].name == name


def test_a_product_of_another_underlag_is_named(release: Layout) -> None:
    write_atomic(release.underlag / "1440.parquet", "nytt underlag\n")
    write_manifest(release)
    report = "kommunrapport (PDF) kommuner/1440-ale/kommunrapport.pdf"
    assert told(verify(release)) == [f"{report}: made from another underlag/1440 than the release's"]


def test_own_files_are_stated_by_a_keyed_hash_alone(release: Layout) -> None:
    published = "".join(path.read_text() for path in release.release.iterdir() if path.is_file())
    assert sha256(release.raw / RAW[2]) not in published
    assert sha256(release.raw / RAW[1]) in published
    (release.raw / KEY_FILE).unlink()
    assert told(verify(release)) == [f"raw file {RAW[2]}: changed", f"raw file {KEY_FILE}: missing"]


def test_raw_files_may_lie_elsewhere_and_the_analysts_apart(release: Layout, tmp_path: Path) -> None:
    away = tmp_path / "annanstans"
    shutil.move(release.raw, away)
    assert "raw files" not in verify(release).counts
    assert told(verify(release, data=away)) == []
    shutil.move(away / "analytiker", tmp_path / "analytiker")
    assert told(verify(release, data=away)) == ["raw file analytiker/mal.csv: missing"]
    assert told(verify(release, data=away, analyst=tmp_path / "analytiker")) == []


def test_without_a_manifest_the_command_that_makes_it_is_told(release: Layout) -> None:
    (release.release / NAME).unlink()
    with pytest.raises(NotBuiltError, match="make SOURCE=demo YEAR=2024"):
        verify(release)


def test_two_roots_give_the_same_manifest(release: Layout, tmp_path: Path) -> None:
    other = _built(tmp_path / "en annan rot med åäö")
    for name in BESIDE:
        assert (release.release / name).read_bytes() == (other.release / name).read_bytes()
    assert str(tmp_path) not in (release.release / NAME).read_text()


def walk(content: dict[str, object], name: str) -> set[str]:
    nodes: dict[str, dict[str, list[str]]] = content["nodes"]  # type: ignore[assignment]
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for one in nodes[waiting.pop()].get("inputs", []):
            if one not in found:
                found.add(one)
                waiting.append(one)
    return found


def test_the_manifest_leads_from_a_report_to_its_raw_files(release: Layout) -> None:
    content = json.loads((release.release / NAME).read_text(encoding="utf-8"))
    products = {one["path"]: one for one in content["products"]}
    report = products["kommuner/1440-ale/kommunrapport.pdf"]
    assert list(report["inputs"]) == ["underlag/1440"]
    assert report["document_sha256"] == content["code"][report["document"]]
    back = walk(content, "underlag/1440")
    assert {"analysis/hemloshet", "released/hemloshet", "gate", f"raw/{RAW[0]}", f"raw/{RAW[1]}"} <= back
    page = products["site/kommuner/1440-ale/index.html"]
    assert "twins/kommuner/1440-ale/index" in page["inputs"]
    assert content["gate"]["released"] == {"hemloshet": content["nodes"]["released/hemloshet"]["sha256"]}


@pytest.mark.parametrize("tampered", [False, True])
def test_the_command_says_the_verdict_by_its_exit_code(release: Layout, tampered: bool) -> None:
    if tampered:
        flip(release.release / "site/indikatorer/hem-x/karta.svg")
    done = CliRunner().invoke(app, ["verify", "--root", str(release.root)])
    assert done.exit_code == int(tampered)
    assert ("figure (SVG) site/indikatorer/hem-x/karta.svg: changed" in done.stdout) is tampered
    assert f"{len(RAW) + 1} raw files looked at, {int(tampered)} not as the manifest says" in done.stdout


def test_the_crate_describes_every_entity_once_and_refers_to_nothing_else(release: Layout) -> None:
    crate = json.loads((release.release / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    entities = {one["@id"]: one for one in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    assert entities["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert entities["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    whole = entities["./"]
    assert all(whole[name] for name in ("name", "description", "datePublished", "license", "hasPart"))
    referred = {one["@id"] for entity in entities.values() for one in _references(entity)}
    assert referred - set(entities) == {"https://w3id.org/ro/crate/1.1"}
    files = {name for name, one in entities.items() if one["@type"] == "File"}
    assert files == {one for one in PRODUCTS if not one.startswith("site/")} | {NAME, SUM}
    assert "Syntetiska data" in whole["description"]
    made = entities["kommuner/1440-ale/kommunrapport.pdf"]
    action = entities[made["prov:wasGeneratedBy"]["@id"]]
    assert {"@id": "#released/hemloshet"} in action["object"]
    assert {"@id": made["@id"]} in action["result"]


def _references(value: object) -> list[dict[str, str]]:
    if isinstance(value, list):
        return [one for inner in value for one in _references(inner)]
    if isinstance(value, dict):
        own = [value] if list(value) == ["@id"] else []
        return own + [one for inner in value.values() for one in _references(inner)]
    return []
