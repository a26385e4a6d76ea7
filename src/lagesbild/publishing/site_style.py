"""The website's style sheet: fonts, the look of every product, widths as classes, dark mode."""

from __future__ import annotations

import re

from lagesbild.catalogue.resources import project_root
from lagesbild.presentation.dark_mode import dark_rules
from lagesbild.publishing.web_fonts import font_faces

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def style_sheet() -> str:
    """Return the whole sheet: one file, since each more is a wait on a slow line."""
    reports = project_root() / "reports"
    own, dark = ((reports / name).read_text(encoding="utf-8") for name in ("lagesbild.css", "morker.css"))
    widths = "".join(f".b-{share}{{width:{share}%}}" for share in range(1, 101))
    drawings = f"@media screen and (prefers-color-scheme: dark) {{{dark_rules('svg ')}}}"
    return _SPACE.sub("\n", _COMMENT.sub("", f"{font_faces()}{own}{widths}\n{dark}{drawings}")).strip() + "\n"
