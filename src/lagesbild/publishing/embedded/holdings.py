"""What a document's Markdown may hold, so that ``engine.lua`` looks for nothing that is not there.

Each of its walks through a document costs as much as a tenth of reading it. Whether there is an image can be told from
the text: where the signs of one are missing there is none. The other way round nothing follows, and nothing has to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

#: The filter whose additions are known: they come from the metadata, which is part of the text.
KNOWN_FILTER = "lagesbild.lua"

_SIGNS = {
    "conditions": re.compile(r"content-"),
    # On a fence of a div alone, no span is meant.
    "conditional_spans": re.compile(r"^(?!\s*:{3,}).*content-", re.MULTILINE),
    "labels": re.compile(r"(fig|tbl|sec)-", re.IGNORECASE),
    "references": re.compile(r"@"),
    "links": re.compile(r"qmd|ipynb"),
    "images": re.compile(r"!\[|<img"),
    "notes": re.compile(r"\[\^|\^\["),
    "tex": re.compile(r"\\[A-Za-z]|=(la)?tex"),
}


def holds(markdown: str, filters: Sequence[Path]) -> dict[str, bool]:
    """Return for each thing that ``engine.lua`` looks for whether a document may hold it.

    Parameters
    ----------
    markdown
        The document as Pandoc gets it, with its metadata.
    filters
        Lua filters that run before; one that is not our own may add anything.
    """
    if any(path.name != KNOWN_FILTER for path in filters):
        return dict.fromkeys(_SIGNS, True)
    return {name: sign.search(markdown) is not None for name, sign in _SIGNS.items()}
