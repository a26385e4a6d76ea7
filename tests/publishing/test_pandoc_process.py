"""The Pandoc that stays writes what a Pandoc of its own would, and is replaced when it dies."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from lagesbild.errors import DocumentError
from lagesbild.publishing.embedded import pandoc, pandoc_process
from lagesbild.publishing.embedded.engine import EmbeddedEngine
from lagesbild.publishing.embedded.pandoc_process import ENGINE, ask_pandoc, pandoc_path
from lagesbild.publishing.engines import Document
from lagesbild.publishing.qmd import read_qmd
from lagesbild.publishing.run_document import run_document

_OPTIONS = {
    "section_divs": "--section-divs", "html_math_method": "--mathml", "email_obfuscation": "--email-obfuscation=none",
    "highlight_method": "--syntax-highlighting=none", "table_of_contents": "--toc", "wrap_text": "--wrap=none",
}  # fmt: skip


def _by_itself(asked: Mapping[str, Any], markdown: str, folder: Path) -> str:
    """Return what a Pandoc process of its own makes of a document, by its command line."""
    (folder / "settings.json").write_text(json.dumps(asked["settings"]), encoding="utf-8")
    (folder / "defaults.yaml").write_text(json.dumps({"variables": asked["variables"]}), encoding="utf-8")
    engine = folder / "engine-filter.lua"
    engine.write_text(
        f"local file = io.open({str(folder / 'settings.json')!r})\n"
        "local settings = pandoc.json.decode(file:read('a'), false)\n"
        f"Pandoc = assert(loadfile({str(ENGINE)!r}))(settings)\n",
        encoding="utf-8",
    )
    options = [_OPTIONS[name] for name, value in asked["options"].items() if name in _OPTIONS and value]
    depth = asked["options"].get("toc_depth", 3)
    done = subprocess.run(
        [
            str(pandoc_path()), "--from=markdown", f"--to={'html5' if asked['target'] == 'html' else asked['target']}",
            f"--template={asked['template']}", f"--defaults={folder / 'defaults.yaml'}", f"--toc-depth={depth}",
            *(f"--lua-filter={path}" for path in (*asked["filters"], engine)), *options,
        ],
        input=markdown.encode(), capture_output=True, check=True, cwd=asked["settings"]["scratch"],
    )  # fmt: skip
    return done.stdout.decode("utf-8")


def test_every_construct_comes_out_as_from_a_pandoc_of_its_own(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    def both(asked: Mapping[str, Any], markdown: str) -> tuple[str, str]:
        kind, text = ask_pandoc(asked, markdown)
        assert kind == "done", text
        assert text == _by_itself(asked, markdown, tmp_path)
        compared.append(asked["target"])
        return kind, text

    monkeypatch.setattr(pandoc, "ask_pandoc", both)
    path = project / "reports" / "rapport.qmd"
    notebook = run_document(path, {}, workdir=tmp_path / "w")
    outputs = {"typst": tmp_path / "a.pdf", "html": tmp_path / "a.html"}
    EmbeddedEngine().render_documents([Document(notebook=notebook, outputs=outputs)], project=project)
    rest = project / "reports" / "mer.qmd"
    rest.write_text(
        "---\ntitle: 'Ett *namn* & \"ord\"'\nlang: sv\ntoc: true\ntoc-depth: 2\nnumber-sections: true\n"
        "filters: [lagesbild]\nformat: {html: default, lagesbild-typst: default}\n---\n\n"
        "# A\n\n'ord', [$x^2$]{.content-visible when-format='html'} a -- b...\t<https://a.se> ^[En not.]\n\n"
        "## B\n\n"
        "```python\nif a:\n\tb\n```\n\n1. ett\n2. två\n\n    - tre\n\nTerm\n:   Förklaring\n\n"
        "| rad\n| rad\n\n> citat\n",
        encoding="utf-8",
    )
    EmbeddedEngine().render_documents([Document(notebook=read_qmd(rest), outputs=outputs)], project=project)
    assert compared == ["typst", "html"] * 2


@pytest.fixture
def asked(tmp_path: Path) -> Callable[..., dict[str, Any]]:
    """Return a function that says what to ask, for the simplest of documents."""

    def ask(**more: Any) -> dict[str, Any]:
        template = tmp_path / "t.html"
        template.write_text("$body$", encoding="utf-8")
        settings = {"target": "html", "words": {}, "scratch": str(tmp_path), "holds": {}}
        return {
            "target": "html", "template": str(template), "template_text": "$body$", "variables": {}, "options": {},
            "filters": [], "settings": settings, **more,
        }  # fmt: skip

    return ask


def test_one_that_was_killed_is_replaced(asked: Callable[..., dict[str, Any]]) -> None:
    assert ask_pandoc(asked(), "*a*") == ("done", "<p><em>a</em></p>")
    first = pandoc_process._standing.process
    assert first is not None
    assert ask_pandoc(asked(), "b") == ("done", "<p>b</p>")
    assert pandoc_process._standing.process is first
    os.kill(first.pid, signal.SIGKILL)
    assert ask_pandoc(asked(), "c") == ("done", "<p>c</p>")
    assert pandoc_process._standing.process is not first


def test_one_that_ends_under_a_document_each_time_is_an_error_of_that_document(
    asked: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    ends = tmp_path / "ends.lua"
    ends.write_text("io.stderr:write('nu räcker det') os.exit(7)", encoding="utf-8")
    assert ask_pandoc(asked(filters=[str(ends)]), "a") == ("failed", "nu räcker det")
    fails = tmp_path / "fails.lua"
    fails.write_text("function Str() error('inte så') end", encoding="utf-8")
    kind, text = ask_pandoc(asked(filters=[str(fails)]), "a")
    assert (kind, "inte så" in text) == ("failed", True)
    assert ask_pandoc(asked(), "b") == ("done", "<p>b</p>")


def test_a_filter_leaves_nothing_to_the_next_document(asked: Callable[..., dict[str, Any]], tmp_path: Path) -> None:
    leaves = tmp_path / "leaves.lua"
    leaves.write_text(
        "assert(FORMAT == 'html5' and rest == nil)\nrest = 1\nprint('syns inte')\nio.write('inte heller')\n"
        "function Str(s) return pandoc.Str(s.text .. tostring(rest)) end",
        encoding="utf-8",
    )
    for _ in range(2):
        assert ask_pandoc(asked(filters=[str(leaves)]), "a") == ("done", "<p>a1</p>")


def test_a_forked_child_has_one_of_its_own_and_ends_none_of_its_parent(asked: Callable[..., dict[str, Any]]) -> None:
    ask_pandoc(asked(), "a")
    before = pandoc_process._standing.process
    child = os.fork()
    if child == 0:
        well = ask_pandoc(asked(), "b") == ("done", "<p>b</p>")
        own = pandoc_process._standing.process
        os._exit(0 if well and own is not None and own is not before else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert ask_pandoc(asked(), "c") == ("done", "<p>c</p>")
    assert pandoc_process._standing.process is before


def test_after_many_documents_a_new_one_takes_over(
    asked: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pandoc_process, "DOCUMENTS_EACH", 2)
    pandoc_process._standing.end()
    pids = []
    for _ in range(4):
        ask_pandoc(asked(), "a")
        assert pandoc_process._standing.process is not None
        pids.append(pandoc_process._standing.process.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_it_ends_with_the_process_that_asked_it() -> None:
    code = (
        "import os, signal\nfrom lagesbild.publishing.embedded.pandoc_process import PandocProcess\n"
        "print(PandocProcess().pid, flush=True)\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    pid, until = int(done.stdout), time.monotonic() + 5
    while _lives(pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not _lives(pid)


def _lives(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state != "Z"


def test_an_interrupted_document_is_no_answer_to_the_next(
    asked: Callable[..., dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: Any) -> Any:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pandoc_process, "_line", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask_pandoc(asked(), "avbruten")
    assert ask_pandoc(asked(), "nästa") == ("done", "<p>nästa</p>")


def test_faults_and_failures_name_the_document(write_document: Callable[..., Path], tmp_path: Path) -> None:
    path = write_document("Text\n\nSe @fig-borta.\n")
    document = Document(notebook=read_qmd(path), outputs={"html": tmp_path / "a.html"})
    with pytest.raises(DocumentError, match=r"prov\.qmd:9: .*@fig-borta leads nowhere"):
        EmbeddedEngine().render_documents([document], project=path.parent)
