"""One slide as Markdown that Pandoc and Quarto make a slide of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from lagesbild.presentation.escape import markdown_text
from lagesbild.presentation.slides.page import BESIDE_SIZE, BODY, BODY_SIZE, LEFT
from lagesbild.presentation.slides.shapes import raw
from lagesbild.presentation.slides.text_fit import fitting


@dataclass(frozen=True, kw_only=True)
class Slide:
    """What a slide says.

    Parameters
    ----------
    title
        Plain text, at most two lines; no other slide has the same.
    key
        The slide's label in the source.
    text
        Paragraphs in plain text, the most important first. What there is no room for is left out.
    bullets
        Whether the paragraphs are a list.
    shapes
        Tables and drawings (`shapes`), beside the text where there is text.
    notes
        What the speaker may say, as paragraphs of Markdown.
    """

    title: str
    key: str
    text: Sequence[str] = ()
    bullets: bool = False
    shapes: Sequence[str] = ()
    notes: Sequence[str] = field(default=())

    def markdown(self, frame: str) -> str:
        """Return the slide; `frame` is what stands around every slide (`shapes.frame`)."""
        drawn = raw("".join([*self.shapes, frame]))
        mark = "- " if self.bullets else ""
        room = (LEFT, BESIDE_SIZE) if self.shapes else (BODY, BODY_SIZE)
        kept = fitting(self.text, *room, bullets=self.bullets)
        written = ("\n" if self.bullets else "\n\n").join(f"{mark}{markdown_text(one)}" for one in kept)
        parts = [f"## {markdown_text(self.title)} {{#{self.key}}}"]
        if self.shapes and kept:
            parts.append(
                f":::: {{.columns}}\n::: {{.column}}\n\n{written}\n\n:::\n::: {{.column}}\n\n{drawn}\n\n:::\n::::"
            )
        else:
            parts += [written, drawn] if kept else [drawn]
        if self.notes:
            parts.append("::: {.notes}\n\n" + "\n\n".join(self.notes) + "\n\n:::")
        return "\n\n".join(parts) + "\n"
