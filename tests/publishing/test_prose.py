"""Paragraphs and lists written past Pandoc are those that Pandoc would have written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from lagesbild.publishing.embedded import pandoc
from lagesbild.publishing.embedded.prose import write_prose
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.qmd import SourceLine

_LUA = Path(pandoc.__file__).parents[4] / "_extensions" / "lagesbild" / "lagesbild.lua"

#: What may be written here, and what looks like it and is something else.
_TEXTS = (
    "Ale har **45 resultat** bland de *bästa* och 12\u202f345 i mitten; 7 (46\u00a0procent), 9–12 § 3.",
    "En rad\noch en till\n12 procent av alla",
    "- **Ett** (Äldreomsorg): nej\n- två [▲ Bättre]{.gron}\n- Se [avsnittet](#sec-a) och [sidan](https://a.se/b)",
    "▲ Bland de bästa, 100 % \\| \\# \\*nej\\* \\\"citat\\\" <0,1",
    "[Ladda ner (PDF)](../../a/b.pdf) [Ladda ner (CSV)](a.csv)",
    "1. en lista\n2. till",
    "a. en lista",
    "(2) en lista",
    "- ett\n\n- två",
    "- ett\n\n  mer om det\n\nefter",
    "- ett\n    - inne\n- två",
    "Term\n:   Förklaring",
    "Term\n\n:   Förklaring",
    "Rubrik\n======",
    "2024. Ett år",
    "Rad  \nbruten",
    "Se p. 12 och Dr. No",
    "Not[^1] här\n\n[^1]: Noten",
    "En [länk][a] och mer\n\n[a]: https://a.se",
    "Kod `x` och x^2^ och a -- b, 'ord' och \"ord\"",
    "Text\n# ingen rubrik",
    "<div>\n\ninne\n\n</div>",
    "Före\n\n---\n\nEfter",
    "Före\n\n---\ntitle: Titel\nord: text\n---\n\nEfter",
    "::: {.callout-note}\nText i rutan\n:::\n\n::: {#fig-a}\n\n[x]{.gul}\n\nBildtext\n\n:::",
    "::: {.content-visible when-format=\"html\"}\n::: {.ruta}\nBara html\n:::\n:::\n\nAlla",
    "Table: inte ett bord\n\nA\n: B",
    "- [ ] att göra\n- [x] gjort",
    "Text före\n::: {.ruta}\nText i\n:::\nText efter",
    "  indragen\n\n    kod\n\n> citat\n\nslut",
    "| A | B |\n|---|---|\n| 1 | 2 |\n\n: Bildtext\n\nText",
    "A   B\n--- ---\n1   2\n\nText",
    "```\nkod\n\nText i kod\n```\n\n*Lutad* början och [dämpad]{.dampad} text",
)  # fmt: skip


def _lines(text: str) -> list[SourceLine]:
    return [SourceLine(line, "f.qmd", n) for n, line in enumerate(text.split("\n"), 1)]


def _converted(text: str, target: str, tmp_path: Path) -> str:
    template = tmp_path / f"template.{target}"
    template.write_text("$body$", encoding="utf-8")
    settings: dict[str, Any] = {
        "target": target, "words": words("sv"), "scratch": str(tmp_path), "project": str(tmp_path), "folders": [],
        "folder_in_project": "", "to_top": "", "shift_headings": False, "number_sections": False, "pages": None,
    }  # fmt: skip
    return pandoc.convert(
        _lines(text), target=target, metadata={"lang": "sv"}, template=template, settings=settings, scratch=tmp_path,
        filters=[_LUA],
    )  # fmt: skip


def _read(typst: str) -> str:
    """Return Typst with its text as it will be read: strings, escapes and shorthands undone, blank lines as one."""
    typst = re.sub(r'#"((?:[^"\\]|\\.)*)";', r"\1", typst[typst.index("\n}\n") + 3 :])
    typst = re.sub(r"\\([^\s])", r"\1", typst).replace("~", "\u00a0").replace("--", "–")
    return re.sub(r"\n{2,}", "\n\n", typst).strip()


@pytest.mark.parametrize("target", ["html", "typst"])
def test_text_is_what_pandoc_writes(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    documents = [*_TEXTS, *(f"## Rubrik\n\n{text}\n\nEn rad till.\n\n- punkt" for text in _TEXTS)]
    fast = [_converted(text, target, tmp_path) for text in documents]
    monkeypatch.setattr(pandoc, "write_prose", lambda lines, *_: list(lines))
    slow = [_converted(text, target, tmp_path) for text in documents]
    read = str if target == "html" else _read
    pairs = [(read(one), read(other)) for one, other in zip(fast, slow, strict=True)]
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_what_is_plain_goes_past_pandoc_and_nothing_else() -> None:
    past = [
        text
        for text in _TEXTS
        if "```{=html}" in "\n".join(line.text for line in write_prose(_lines(text), "html", ()))
    ]
    assert past[:3] == list(_TEXTS[:3])
    for text in ("Rubrik\n======", "a. en lista", "- ett\n\n- två", "Term\n\n:   Förklaring", "Före\n\n---\n\nEfter"):
        assert text not in past


def test_another_filter_sees_the_text_itself() -> None:
    lines = _lines(_TEXTS[0])
    assert write_prose(lines, "html", [Path("eget.lua")]) == lines
