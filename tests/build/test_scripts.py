"""The website's scripts: each is a module that parses, and takes from the others what they give, all of it used."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from lagesbild.catalogue.resources import project_root

SCRIPTS = sorted((project_root() / "reports" / "site" / "skript").glob("*.js"))

_IMPORT = re.compile(r'^import \{ ([^}]*) \} from "\./([\w-]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:async )?(?:function\*?|const|class) (\w+)", re.MULTILINE)


def _imports(path: Path) -> list[tuple[str, str]]:
    """Return what a script takes by name, with the script that it takes it from."""
    found = _IMPORT.findall(path.read_text(encoding="utf-8"))
    return [(name.strip(), file) for names, file in found for name in names.split(",") if name.strip()]


def test_every_script_parses() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node is not installed")
    # One process for all: each file is parsed as a module that is not run.
    check = (
        "const vm = require('vm'), fs = require('fs'); let bad = 0;"
        "for (const f of process.argv.slice(1)) { try { new vm.SourceTextModule(fs.readFileSync(f, 'utf8'),"
        " { identifier: f }); } catch (e) { bad = 1; console.error(e.stack); } } process.exit(bad);"
    )
    command = [node, "--experimental-vm-modules", "--no-warnings", "-e", check, *map(str, SCRIPTS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    broken = subprocess.run(
        [*command[:5], "/dev/stdin"], input="export const a = ;", capture_output=True, text=True, check=False
    )
    assert "SyntaxError" in broken.stderr


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_what_a_script_takes_is_given_and_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(re.findall(r"^import ", text, re.MULTILINE)) == len(_IMPORT.findall(text)), "an import of another form"
    for name, file in _imports(path):
        given = _EXPORT.findall((path.parent / file).read_text(encoding="utf-8"))
        assert name in given, f"{file} gives no {name}"
        assert len(re.findall(rf"(?<!\w){name}\b", text)) > 1, f"{name} is taken and not used"


def test_what_a_script_gives_is_taken() -> None:
    taken = {(name, file) for path in SCRIPTS for name, file in _imports(path)}
    pages = " ".join(path.read_text(encoding="utf-8") for path in SCRIPTS[0].parents[1].rglob("*.qmd"))
    tests = " ".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("*.py"))
    given = [(name, path.name) for path in SCRIPTS for name in _EXPORT.findall(path.read_text(encoding="utf-8"))]
    assert [one for one in given if one not in taken and one[0] not in pages and one[0] not in tests] == []
