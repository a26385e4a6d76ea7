"""A document comes out the same whether the engine looks only for what its text may hold, or for everything."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from lagesbild.publishing.embedded import pandoc
from lagesbild.publishing.embedded.holdings import holds
from lagesbild.publishing.embedded.words import words
from lagesbild.publishing.qmd import SourceLine

_LUA = Path(pandoc.__file__).parents[4] / "_extensions" / "lagesbild" / "lagesbild.lua"
_TABLE = "+----+----+\n| a  | b  |\n+====+====+\n| ja | 1  |\n+----+----+\n"
_TEXT = f"""# Först

::: {{.content-visible when-format="html"}}
::: {{.content-hidden when-format="html"}}
inne
:::
bara webb
:::

- ett
- två

  ::: {{.content-visible when-format="typst"}}
  bara tryck
  :::

> ## Citerat
>
> ::: {{.callout-note}}
> ## Rubrik
> ord
> :::

::: {{#tbl-a}}
{_TABLE}
Tabellen
:::

::: {{.panel-tabset}}
## Flik

{_TABLE}
:::

::: {{layout-ncol=2}}
vänster

höger
:::
"""
_MORE = {
    "nothing": "",
    "reference": "\nSe @tbl-a.\n",
    "note": "\nOrd[^1]\n\n[^1]: not\n\n    ::: {.content-visible when-format='typst'}\n    tryck\n    :::\n",
    "span": "\n[webb]{.content-visible when-format='html'}\n",
}


def _converted(text: str, target: str, folder: Path) -> str:
    template = folder / f"template.{target}"
    template.write_text("$body$", encoding="utf-8")
    settings: dict[str, Any] = {
        "target": target, "words": words("sv"), "scratch": str(folder), "project": str(folder), "folders": [],
        "folder_in_project": "", "to_top": "", "shift_headings": False, "number_sections": False, "pages": None,
    }  # fmt: skip
    return pandoc.convert(
        [SourceLine(line, "f.qmd", n) for n, line in enumerate(text.split("\n"), 1)],
        target=target, metadata={"lang": "sv"}, template=template, settings=settings, scratch=folder, filters=[_LUA],
    )  # fmt: skip


@pytest.mark.parametrize("target", ["typst", "html"])
@pytest.mark.parametrize("more", _MORE)
def test_what_is_not_looked_for_is_not_there(
    target: str, more: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = _TEXT + _MORE[more]
    fast = _converted(text, target, tmp_path)
    monkeypatch.setattr(pandoc, "holds", lambda markdown, _: dict.fromkeys(holds(markdown, ()), True))
    assert fast == _converted(text, target, tmp_path)
    assert ("bara webb" in fast, "bara tryck" in fast, "inne" in fast) == (target == "html", target == "typst", False)


def test_another_filter_may_add_anything() -> None:
    assert not any(holds("ord", [_LUA]).values())
    assert all(holds("ord", [Path("other.lua")]).values())
