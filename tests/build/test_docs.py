"""What the documentation and the audit guide name is there: commands, options, targets, files, links, lines to edit."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
import typer
import yaml

from lagesbild.catalogue.load import load_catalogue
from lagesbild.cli import app
from lagesbild.presentation.audit_guide.figures import GuideFigures
from lagesbild.presentation.audit_guide.guide import AuditGuide

REPOSITORY = Path(__file__).resolve().parents[2]
PAGES = (REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md")))
EXAMPLES = (REPOSITORY / "docs/examples.md").read_text(encoding="utf-8")
COMMANDS = typer.main.get_command(app).commands  # type: ignore[attr-defined]
#: Files that the examples make, and folders that are made by a build.
_MADE = (
    "src/lagesbild/sources/bra.py",
    "src/lagesbild/presentation/histogram.py",
    "data/analys/demo/2025",
    "data/raw",
)


def guide(source: str) -> str:
    figures = GuideFigures(
        source=source,
        source_name=source,
        year=2024,
        first_year=2016,
        version="2024.1",
        synthetic=source == "demo",
        areas=10,
        observations=1,
        withheld=0,
        raw_files=1,
        raw_bytes=1,
        kinds=(),
        example=None,
        contact="a",
        email="b",
    )
    return AuditGuide(figures=figures).text()


TEXTS = {
    **{path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8") for path in PAGES},
    **{f"guide of {source}": guide(source) for source in ("demo", "kolada")},
}


def named_commands(text: str) -> Iterator[list[str]]:
    """Yield the words of every `lagesbild ...` in code, up to what ends it."""
    code = re.findall(r"```(?:sh|text)?\n(.*?)```", text, re.DOTALL)
    code += re.findall(r"(?<!`)`([^`\n]+)`(?!`)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    for block in code:
        for line in block.splitlines():
            found = re.search(r"(?:^|[ (])(?:\.venv/bin/)?lagesbild ((?!=)[a-z].*)", line)
            if found and not line.startswith(("pip", "from", "import")):
                yield shlex.split(found[1].split("  #")[0].split(" #")[0], posix=False)


@pytest.mark.parametrize("page", TEXTS)
def test_commands_and_their_options_exist(page: str) -> None:
    for words in named_commands(TEXTS[page]):
        command, rest = COMMANDS.get(words[0]), words[1:]
        assert command is not None, words
        if hasattr(command, "commands") and rest:
            (name, *rest) = rest
            # Three may be named at once: inspect|template.
            assert all(one in command.commands for one in name.split("|")), words
            command = command.commands[name.split("|")[0]]
        known = {option for parameter in command.params for option in parameter.opts}
        unknown = {word.split("=")[0] for word in rest if word.startswith("--")} - known - {"--help"}
        assert not unknown, (words, unknown)


@pytest.mark.parametrize("page", TEXTS)
def test_targets_of_make_exist(page: str) -> None:
    targets = set(
        re.findall(r"^\.PHONY: (.*)$", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)[0].split()
    )
    named = re.findall(r"(?:^|`)make ((?:[A-Z]+=[^\s`]+ )*)([a-z][\w-]*)", TEXTS[page], re.MULTILINE)
    assert {target for _, target in named} - targets == set()


@pytest.mark.parametrize("page", TEXTS)
def test_files_and_links_exist(page: str) -> None:
    text = TEXTS[page]
    folder = (REPOSITORY / page).parent
    for link in re.findall(
        r"\]\((?!https?:|#)([^)#]+)(?:#[^)]*)?\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    ):
        assert (folder / link).exists(), link
    folders = r"src|tests|docs|reports|analysis|benchmarks|_extensions|\.ci|data/(?:catalogue|registers|demo|mappings)"
    plain = rf"`((?:{folders})/[\w./-]*)`"
    for name in re.findall(plain, text):
        if not name.startswith(_MADE):
            assert (REPOSITORY / name).exists(), name


def test_every_command_is_in_the_list_of_commands() -> None:
    listed = {(words[0], *words[1:2]) for words in named_commands(TEXTS["docs/commands.md"])}
    wanted = {(name,) for name, one in COMMANDS.items() if not hasattr(one, "commands")}
    assert {one for one in wanted if not any(words[0] == one[0] for words in listed)} == set()
    for group, one in COMMANDS.items():
        assert {name for name in getattr(one, "commands", ()) if (group, name) not in listed} == set()


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```$", EXAMPLES, re.MULTILINE | re.DOTALL)


def test_the_code_of_the_examples_is_python_that_finds_what_it_imports() -> None:
    modules = [block for block in blocks("python") if block.startswith('"""')]
    assert len(modules) == 2
    for module in modules:
        for node in ast.walk(ast.parse(module)):
            if isinstance(node, ast.ImportFrom) and node.module:
                there = import_module(node.module)
                assert all(hasattr(there, name.name) for name in node.names), node.module


def test_the_places_that_the_examples_edit_are_as_they_say() -> None:
    anchors = {
        "data/catalogue/ekonomiskt-bistand.yml": ["  - id: eb-kostnad\n"],
        "data/demo/levels.csv": ["\neb-kostnad,"],
        "src/lagesbild/observations/read_source.py": ["readers.append((read_tidy, folder / OWN_FILES))"],
        "src/lagesbild/sources/raw_origins.py": [
            "_FOLDERS = (KOLADA, SOCIALSTYRELSEN, OWN_FILES, ANALYST_FILES)",
            "for name in (SOCIALSTYRELSEN, OWN_FILES))",
        ],
        "src/lagesbild/observations/trace_back.py": [
            "cells = self._in_workbook(one, key) if kind == SOCIALSTYRELSEN else self._in_own_file(one, key)",
            '"egen": OWN_FILES}',
        ],
        "data/registers/kallor.csv": ["mapp,ursprung,licens,adress\n"],
        "data/registers/utgava.yml": ["\nreleases:\n"],
        "reports/lagesrapport/lagesrapport.qmd": ["## Färger som kan vara slump"],
    }
    for name, lines in anchors.items():
        assert f"`{name}`" in EXAMPLES
        text = (REPOSITORY / name).read_text(encoding="utf-8")
        for line in lines:
            assert text.count(line) == 1, (name, line)


def test_the_indicator_of_the_example_is_new_and_counted_right() -> None:
    (entry,) = yaml.safe_load(blocks("yaml")[0])
    catalogue = load_catalogue()
    assert entry["id"] not in {one.id for one in catalogue.indicators}
    assert entry["kolada"] not in {one.kolada for one in catalogue.indicators}
    assert (
        f"clean: {len(catalogue.indicators) + 1} indicators in 10 areas` ({len(catalogue.indicators)} before)"
        in EXAMPLES
    )
