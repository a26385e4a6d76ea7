"""A release is built anew and compared: each kind of fault is found, and named by kind and by where it starts."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from lagesbild.errors import BuildFailedError, InputError, NotBuiltError, ParameterError
from lagesbild.files import sha256
from lagesbild.provenance.material import repository_material
from lagesbild.provenance.reproduce import Attempt, reproduce
from lagesbild.provenance.verdict import Verdict
from lagesbild.publishing.layout import Layout

RULE, NOTEBOOK, RAW = "data/catalogue/rules/troskel.yml", "analysis/steg.ipynb", "_work/demo/raw/kolada/tal.csv"
TABLE, FIGURE = "data/indikatorer/aldreomsorg-2024.csv", "omraden/aldreomsorg/figur.svg"
#: Below the threshold, so withheld.
SECRET = "373"
BUILD = (sys.executable, "bygg.py")


def small(root: Path) -> Layout:
    return Layout(root=root, source="demo", year=2024)


def rebuilt(root: Path, **attempt: object) -> Verdict:
    material = repository_material(small(root))
    how = {"folder": root.parent / "ny", "jobs": 1, "build": BUILD} | attempt
    return reproduce(material, Attempt(**how))  # type: ignore[arg-type]


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_release_that_nobody_touched_is_identical(project: Path) -> None:
    verdict = rebuilt(project)
    assert verdict.good
    assert verdict.text() == "7 of 7 identical"


def test_only_what_belongs_to_the_project_is_copied(project: Path) -> None:
    (project / "_work/egen.txt").write_text("x")
    (project / "utkast.txt").write_text("x")
    rebuilt(project)
    assert not (project.parent / "ny" / "utkast.txt").exists()
    assert not (project.parent / "ny" / "_work" / "egen.txt").exists()


def test_a_changed_raw_cell_is_told_by_file_and_the_figures_by_row_and_column(project: Path) -> None:
    change(project / RAW, "2980", "3100")
    verdict = rebuilt(project)
    assert not verdict.good
    text = verdict.text()
    assert "raw/kolada/tal.csv: raw file is not the one that the release was made from" in text
    assert "4 products: built anew it is another. It starts at raw/kolada/tal.csv" in text
    assert "row indicator=ao-x region=1440, column value: '2980' -> '3100'" in text
    # What isn't known to have been open isn't shown, and no raw figure ever.
    assert "line 2: 'ao-x 1440: 2980' -> (not shown)" in text
    assert "manifest.json and manifest.sha256: another, as they tell of what differs" in text
    assert text.endswith("1 of 7 identical")


def test_a_withheld_figure_is_never_told(project: Path) -> None:
    change(project / RULE, "500", "100")
    verdict = rebuilt(project)
    text = verdict.text()
    assert f"{RULE}: rule file is not the one that the release was made from" in text
    assert f"It starts at {RULE}" in text
    assert "row indicator=ao-x region=0114, column status: 'sekretess' -> (not shown)" in text
    assert "must not be spread" in text
    assert SECRET not in text
    # It was there to be told.
    assert SECRET in (project.parent / "ny/_release/demo-2024" / TABLE).read_text()


def test_a_changed_notebook_is_named(project: Path) -> None:
    change(project / NOTEBOOK, "2", "3")
    text = rebuilt(project).text()
    assert f"{NOTEBOOK}: notebook is not the one that the release was made from" in text
    assert f"2 products: built anew it is another. It starts at {NOTEBOOK}" in text
    assert "notebooks/aldreomsorg/2024/steg.ipynb\n    cell 1, source line 1: '2' -> '3'" in text
    assert f"{FIGURE}\n    element 2: '<rect width=\"5960\">' -> '<rect width=\"8940\">'" in text


def test_a_changed_lock_file_is_named(project: Path) -> None:
    change(project / "requirements.lock", "3.0", "3.1")
    verdict = rebuilt(project)
    assert not verdict.good
    assert "requirements.lock: lock file is not the one that the release was made from" in verdict.text()


def test_changed_code_is_named_even_where_the_graph_does_not_tell(project: Path) -> None:
    change(project / "bygg.py", "<h1>", "<h2>")
    text = rebuilt(project).text()
    assert "1 product: built anew it is another. It starts at bygg.py and the making of site/index.html" in text
    assert "site/index.html\n    line 1: " in text


@pytest.mark.parametrize(
    ("product", "old", "new", "told"),
    [
        (TABLE, "2980", "2890", "row indicator=ao-x region=1440, column value: '2890' -> '2980'"),
        (FIGURE, "5960", "5970", "element 2: '<rect width=\"5970\">' -> '<rect width=\"5960\">'"),
        ("site/index.html", "1440: 710", "1440: 720", "line 4: 'ao-y 1440: 720' -> 'ao-y 1440: 710'"),
        ("notebooks/aldreomsorg/2024/steg.ipynb", "5960", "6000", "cell 1, $.outputs[name=stdout].text[0]: "),
    ],
)
def test_a_changed_product_is_told_from_one_that_is_built_otherwise(
    project: Path, product: str, old: str, new: str, told: str
) -> None:
    change(project / "_release/demo-2024" / product, old, new)
    verdict = rebuilt(project)
    (found,) = verdict.findings
    assert (found.name, found.starts) == (product, ())
    assert (
        "1 product: changed since the manifest was written: built anew it is as the manifest states" in verdict.text()
    )
    assert told in verdict.text()


def test_a_changed_manifest_is_told_by_its_seal(project: Path) -> None:
    change(project / "_release/demo-2024/manifest.json", '"2024.1"', '"2024.2"')
    text = rebuilt(project).text()
    assert "manifest.json: the manifest was changed after it was written" in text
    assert "$.version: '2024.2' -> '2024.1'" in text


def test_a_changed_manifest_with_a_new_seal_is_told_by_what_it_states(project: Path) -> None:
    release = project / "_release/demo-2024"
    stated = json.loads((release / "manifest.json").read_text())
    next(one for one in stated["products"] if one["path"] == TABLE)["sha256"] = "0" * 64
    (release / "manifest.json").write_text(json.dumps(stated, indent=1))
    (release / "manifest.sha256").write_text(sha256(release / "manifest.json"))
    text = rebuilt(project).text()
    assert f"stated otherwise in the manifest: published and built anew it is the same\n  {TABLE}" in text


def test_files_that_went_and_came_are_named(project: Path) -> None:
    release = project / "_release/demo-2024"
    (release / TABLE).unlink()
    (release / "extra.csv").write_text("a\n1\n")
    text = rebuilt(project).text()
    assert f"stated in the manifest but not in the release\n  {TABLE}" in text
    assert "neither stated in the manifest nor built anew\n  extra.csv" in text


def test_a_build_that_differs_by_chance_is_told_as_such(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMALL_CHANCE", "1")
    text = rebuilt(project).text()
    assert "1 product: built anew it is another. It starts at the making of metod/om.txt" in text


def test_a_raw_file_that_is_missing_is_named_and_so_is_a_new_one(project: Path) -> None:
    (project / "_work/demo/raw/kolada/nytt.csv").write_text("x")
    assert "raw/kolada/nytt.csv: raw file that the release was not made from" in rebuilt(project).text()
    (project / RAW).unlink()
    told: list[str] = []
    with pytest.raises(BuildFailedError):
        rebuilt(project, tell=told.append)
    assert "raw/kolada/tal.csv: raw file that the release was made from is missing" in told


def test_another_release_before_than_the_one_that_was_compared_with_is_named(project: Path) -> None:
    before = project / "foregaende"
    before.mkdir()
    (before / "manifest.json").write_text("{}")
    assert "PREVIOUS: release before that the release was not made from" in rebuilt(project).text()
    subprocess.run(BUILD, cwd=project, check=True)
    assert rebuilt(project).good
    (before / "manifest.json").write_text("{ }")
    assert "PREVIOUS: release before is not the one that the release was made from" in rebuilt(project).text()
    shutil.rmtree(before)
    assert "PREVIOUS: release before that the release was made from is missing" in rebuilt(project).text()


def test_a_build_that_makes_its_own_raw_files_is_told(project: Path) -> None:
    own = f"Path('{RAW}').write_text(Path('{RAW}').read_text() + 'ao-z,2024,1440,800\\n')"
    change(project / "bygg.py", "    threshold = ", f"    {own}\n    threshold = ")
    assert "raw/kolada/tal.csv: raw file was written over by the build" in rebuilt(project).text()


def test_a_build_that_fails_tells_what_it_printed(project: Path) -> None:
    (project / RULE).write_text("least: many\n")
    with pytest.raises(BuildFailedError, match="invalid literal for int"):
        rebuilt(project)


def test_a_folder_with_files_of_others_is_not_emptied(project: Path, tmp_path: Path) -> None:
    own = tmp_path / "mina"
    own.mkdir()
    (own / "viktig.txt").write_text("x")
    with pytest.raises(ParameterError, match="scratch folder"):
        rebuilt(project, folder=own)
    assert (own / "viktig.txt").read_text() == "x"


def test_real_data_without_its_raw_files_is_not_built(project: Path) -> None:
    release = Layout(root=project, source="kolada", year=2020).release
    release.mkdir(parents=True)
    (release / "manifest.json").write_text('{"name": "kolada-2020", "raw": [{"path": "a.csv", "sha256": "0"}]}')
    with pytest.raises(ParameterError, match="DATA=<the folder that the release was made from>"):
        repository_material(Layout(root=project, source="kolada", year=2020))


def test_without_manifest_or_repository_it_is_said_what_to_do(project: Path, tmp_path: Path) -> None:
    manifest = project / "_release/demo-2024/manifest.json"
    manifest.write_text("[]")
    with pytest.raises(InputError, match="is no manifest"):
        rebuilt(project)
    manifest.write_text('{"name": "demo-2024", "products": []}')
    with pytest.raises(NotBuiltError, match="a manifest of demo-2024 that names the raw files"):
        rebuilt(project)
    manifest.unlink()
    with pytest.raises(NotBuiltError, match=r"the manifest of demo-2024 is not built yet. Run: make"):
        rebuilt(project)
    with pytest.raises(NotBuiltError, match="there is no Makefile"):
        repository_material(small(tmp_path))
