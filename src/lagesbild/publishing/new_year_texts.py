"""The texts of a new report year: last year's prose and comments, copied and marked to be reviewed."""

from __future__ import annotations

from pathlib import Path

from lagesbild.catalogue.load import Catalogue
from lagesbild.catalogue.prose_reaim import reaimed
from lagesbild.catalogue.prose_text import read_prose
from lagesbild.presentation.wording import antal
from lagesbild.publishing.layout import Layout
from lagesbild.publishing.new_year_files import NewYear
from lagesbild.publishing.prose_files import prose_folder

#: Folder of the comments in the analyst's folder.
_COMMENTS = "kommentarer"


def copy_prose(made: NewYear, layout: Layout, catalogue: Catalogue, before: int) -> str:
    """Aim last year's prose at the new year and return what is to be reviewed."""
    old = prose_folder(Layout(root=layout.root, source=layout.source, year=before))
    lines = []
    for path in sorted(old.glob("*/*.md")):
        target = prose_folder(layout) / path.parent.name / path.name
        made.put(target, reaimed(path.read_text(encoding="utf-8-sig"), before, layout.year))
        name = target.relative_to(layout.root).as_posix()
        prose, _ = read_prose(target.read_text(encoding="utf-8-sig"), file=name, catalogue=catalogue)
        counts = f"{antal(len(prose.claims), 'påstående', 'påståenden', neuter=True)}, " + antal(
            len(prose.inline_values), "värde", "värden", neuter=True
        )
        named = [*(one.indicator for one in prose.claims), *(one.indicator for one in prose.inline_values)]
        resting = {one.id for one in named if not one.measured(layout.year)}
        told = f". Mäts inte {layout.year}: {', '.join(sorted(resting))}" if resting else ""
        lines.append(f"- [ ] `{name}`: {counts}{told}")
    if not lines:
        return f"## Text i lägesrapporterna\n\nIngen text för {before} finns att kopiera."
    return (
        "## Text i lägesrapporterna\n\nLäs varje mening, rätta den och ta bort märkena `att-granska` och filens första "
        f"rad. `lagesbild prosa --source {layout.source} --year {layout.year}` visar vad som återstår.\n\n"
        + "\n".join(lines)
    )


def copy_comments(made: NewYear, analyst: Path | None, before: int, year: int) -> str:
    """Copy the comments on kommuner's results, each marked, and return what is to be reviewed."""
    head = "## Kommentarer till kommunernas resultat\n\n"
    paths = sorted((analyst / _COMMENTS).glob("*.md")) if analyst is not None else []
    if analyst is None or not paths:
        return f"{head}Inga kommentarer finns att kopiera."
    folder = analyst.with_name(f"{analyst.name}-{year}") / _COMMENTS
    for path in paths:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
        place = 1 if lines[0].lower().startswith(("från:", "fran:")) else 0
        lines.insert(place, f"Att granska: kommentaren är kopierad från {before}.")
        made.put(folder / path.name, "\n".join(lines))
    names = "\n".join(f"- [ ] `{folder.parent.name}/{_COMMENTS}/{path.name}`" for path in paths)
    return (
        f"{head}Varje kopia vägras av importen tills raden *Att granska* är borttagen. Läs in dem med "
        f"`--analyst` och mappen `{folder.parent.name}`.\n\n{names}"
    )
