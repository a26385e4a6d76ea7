"""The build graph: its lists agree with the catalogue, every target says what it is, a dry run plans all steps."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lagesbild.catalogue.areas import AREA_IDS, STATUS_REPORTS
from lagesbild.catalogue.regions import kommuner
from lagesbild.presentation.quality_declaration.products import PRODUCTS
from lagesbild.provenance.material import Material
from lagesbild.provenance.scratch_build import make_command
from lagesbild.publishing.layout import Layout

REPOSITORY = Path(__file__).resolve().parents[2]
MAKEFILE = (REPOSITORY / "Makefile").read_text(encoding="utf-8").replace("\\\n", " ")
STEPS = (
    *("demo", "import", "analyse", "underlag", "kommun", "arbetsbok", "presentation", "lagesrapport", "granskning"),
    *("faktablad", "metodbeskrivning", "metodbok", "kvalitetsdeklaration", "data"),
    *("granskningsguide", "revideringar", "site", "sparkoder", "manifest"),
)


def variable(name: str) -> list[str]:
    found = re.search(rf"^{re.escape(name)} :?= (.*)$", MAKEFILE, re.MULTILINE)
    assert found, name
    return found.group(1).split()


def make(*arguments: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    env = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(["make", *arguments], cwd=folder, env=env, capture_output=True, text=True, check=False)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """Return a checkout where nothing has been built."""
    for name in ("data", "analysis", "reports", "_extensions", "src"):
        shutil.copytree(REPOSITORY / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("Makefile", "_quarto.yml", "pyproject.toml", "requirements.lock"):
        shutil.copyfile(REPOSITORY / name, tmp_path / name)
    return tmp_path


def test_reports_and_their_areas_are_those_of_the_catalogue() -> None:
    assert sorted(variable("REPORTS")) == sorted(report.id for report in STATUS_REPORTS)
    for report in STATUS_REPORTS:
        assert sorted(variable(f"AREAS_{report.id}")) == sorted(area.id for area in report.areas)


def test_declared_products_are_those_that_have_a_declaration() -> None:
    assert variable("DECLARED") == [one.id for one in PRODUCTS]


def test_every_target_for_people_has_a_line_of_help() -> None:
    found = re.search(r"^\.PHONY: (.*)$", MAKEFILE, re.MULTILINE)
    assert found
    told = {line.split()[1] for line in make("help").stdout.splitlines()}
    assert told == set(found.group(1).split())


def test_from_nothing_a_release_plans_every_step_area_and_report(checkout: Path) -> None:
    plan = make("-n", "release", folder=checkout)
    assert plan.returncode == 0, plan.stderr
    commands = re.findall(r"^\.venv/bin/lagesbild (\S+)(.*)$", plan.stdout, re.MULTILINE)
    count = {step: sum(command == step for command, _ in commands) for step in STEPS}
    # Workbooks are made twice: of the kommuner, and of the areas.
    more = {"analyse": len(AREA_IDS), "lagesrapport": len(STATUS_REPORTS), "arbetsbok": 2}
    assert count == {**dict.fromkeys(STEPS, 1), **more}
    areas = {re.search(r"--area (\S+)", rest).group(1) for step, rest in commands if step == "analyse"}  # type: ignore[union-attr]
    assert areas == set(AREA_IDS)
    order = [step for step, _ in commands]
    assert order.index("underlag") < order.index("arbetsbok") < order.index("manifest")
    assert order.index("underlag") < order.index("presentation") < order.index("manifest")
    assert order.index("import") < order.index("analyse") < order.index("underlag") < order.index("kommun")
    assert order[-3:] == ["site", "sparkoder", "manifest"]
    assert "--require-hashes" in plan.stdout


def test_real_data_needs_its_folder_and_takes_the_same_road(checkout: Path) -> None:
    without = make("-n", "SOURCE=kolada", folder=checkout)
    assert without.returncode != 0
    assert "needs DATA=" in without.stderr
    plan = make("-n", "SOURCE=kolada", "DATA=/somewhere", "YEAR=2020", folder=checkout)
    assert plan.returncode == 0, plan.stderr
    assert 'lagesbild import --source kolada --data "/somewhere"' in plan.stdout
    assert "lagesbild demo" not in plan.stdout
    assert "--source kolada --year 2020" in plan.stdout


def test_the_release_before_is_named_and_without_one_this_is_the_first(checkout: Path) -> None:
    first = make("-n", "revideringar", folder=checkout)
    assert "lagesbild revideringar --source demo --year 2024" in first.stdout
    assert "--previous" not in first.stdout
    later = make("-n", "revideringar", "PREVIOUS=/releases/demo-2023", folder=checkout)
    assert 'lagesbild revideringar --source demo --year 2024 --previous "/releases/demo-2023"' in later.stdout


def test_a_version_is_checked_before_anything_is_built_and_frozen_when_all_is(checkout: Path) -> None:
    plan = make("-n", "-j1", "release", "VERSION=2024.1", "PREVIOUS=/releases/demo-2023", folder=checkout)
    assert plan.returncode == 0, plan.stderr
    commands = re.findall(r"^\.venv/bin/lagesbild (.*)$", plan.stdout, re.MULTILINE)
    frozen = 'freeze --source demo --year 2024 --version "2024.1"'
    assert " ".join(commands[-1].split()) == f'{frozen} --previous "/releases/demo-2023"'
    assert sum(one.startswith(frozen) and one.endswith("--check") for one in commands) == 1
    assert "freeze" not in make("-n", "release", folder=checkout).stdout


def test_what_is_to_be_reproduced_is_told_and_nothing_is_built_for_it(checkout: Path) -> None:
    (checkout / ".venv/bin").mkdir(parents=True)
    (checkout / ".venv/bin/lagesbild").touch()
    plan = make("-n", "reproduce", "JOBS=2", "ARCHIVE=a.tar.gz", "FIGURE=K7Q2-F3MX", folder=checkout)
    told = " ".join(plan.stdout.replace("\\\n", " ").split())
    assert told.startswith(".venv/bin/lagesbild reproduce --source demo --year 2024 --jobs 2")
    assert told.endswith('--archive "a.tar.gz" --figure "K7Q2-F3MX"')


def test_a_rebuild_takes_the_raw_files_that_it_was_given(checkout: Path) -> None:
    layout = Layout(root=checkout, source="demo", year=2024)
    layout.raw.mkdir(parents=True)
    stated = {"name": "demo-2024", "products": [{"engine": "embedded"}, {"engine": "papermill"}]}
    material = Material(root=checkout, code_files=(), raw=layout.raw, previous=None, manifest=stated)
    command = make_command(material, layout, 2)
    assert {"SOURCE=demo", "YEAR=2024", "ENGINE=embedded", "CORES=2"} <= set(command)
    (checkout / "_work/demo/raw.stamp").touch()
    plan = make("-n", *command[1:], folder=checkout)
    assert plan.returncode == 0, plan.stderr
    assert "lagesbild import" in plan.stdout
    assert "lagesbild demo" not in plan.stdout


def test_each_kommun_pdf_is_a_target_of_its_own(checkout: Path) -> None:
    target = f"_release/demo-2024/kommuner/{kommuner()[0].slug}/kommunrapport.pdf"
    plan = make("-n", target, folder=checkout)
    assert plan.returncode == 0, plan.stderr
    assert "lagesbild kommun" in plan.stdout
    assert "lagesbild site" not in plan.stdout


@pytest.mark.parametrize(
    "changed",
    [
        "data/catalogue/aldreomsorg.yml",
        "data/registers/kommuner.csv",
        "data/registers/utgava.yml",
        "requirements.lock",
        "analysis/trender.ipynb",
        "reports/theme.scss",
        "reports/site/index.qmd",
        "reports/kommunrapport/kommunrapport.qmd",
        "reports/presentation/mall.pptx",
        "_quarto.yml",
        "_extensions/lagesbild/lagesbild.lua",
        "src/lagesbild/files.py",
        "src/lagesbild/presentation/wording.py",
    ],
)
def test_every_input_is_a_prerequisite_of_some_product(changed: str) -> None:
    """A changed input that make does not know of would leave a stale release."""
    database = make("--print-data-base", "--question", "release").stdout
    rules = [line for line in database.splitlines() if re.match(r"^(_work|_release)[^=]*:", line)]
    assert any(changed in line.partition(":")[2].split() for line in rules)
