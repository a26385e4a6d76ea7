"""What has to be built for one product alone: the analyses that it needs, and the command that makes it."""

from __future__ import annotations

from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from lagesbild.catalogue.areas import AREA_IDS
from lagesbild.provenance.graph import PRODUCT, Graph
from lagesbild.publishing.layout import Layout

#: Products by path, whether they need the kommuner's underlag, and the command; ``{kod}`` is the kommun's, ``{area}``
#: the area's. Others are made by make, with all that its graph says.
_ALONE = (
    ("kommuner/*/kommunrapport.pdf", True, ("kommun", "{kod}")),
    ("kommuner/*/arbetsbok.xlsx", True, ("arbetsbok", "{kod}")),
    ("kommuner/*/presentation.pptx", True, ("presentation", "{kod}")),
    ("omraden/*/faktablad.pdf", False, ("faktablad", "{area}")),
    ("omraden/*/metodbeskrivning.pdf", False, ("metodbeskrivning", "{area}")),
    ("omraden/*/*.xlsx", False, ("arbetsbok", "--area", "{area}")),
    ("granskning/oversyn-*.pdf", False, ("oversyn", "{area}")),
)


def figure_commands(product: str, graph: Graph, layout: Layout, make: list[str]) -> list[list[str]]:
    """Return the commands that build one product of a release from raw files.

    Parameters
    ----------
    product
        Its path in the release.
    graph
        What the release was made from; tells which areas the product needs.
    layout
        Where it is built.
    make
        The command that builds the whole release.
    """
    lagesbild = [".venv/bin/lagesbild"]
    at = ["--source", layout.source, "--year", str(layout.year)]
    yearly = layout.yearly.relative_to(layout.root).as_posix()
    for pattern, underlag, command in _ALONE:
        if fnmatchcase(product, pattern):
            areas = needed_areas(product, graph)
            digests = [f"{yearly}/analysis/{area}.digest" for area in areas]
            target = [f"{yearly}/underlag.stamp"] if underlag else digests
            words = [word.format_map(_words(product, areas)) for word in command]
            return [[*make, *target], [*lagesbild, *words, *at]]
    # The website's pages are made together.
    whole = "site/index.html" if product.startswith("site/") else product
    return [[*make, f"{layout.release.relative_to(layout.root).as_posix()}/{whole}"]]


def needed_areas(product: str, graph: Graph) -> list[str]:
    """Return the areas whose analysis a product was made from, all ten where the graph doesn't tell."""
    parts = [name.split("/") for name in graph.needed(PRODUCT + product)]
    told = {one[1].removesuffix(".digest") for one in parts if one[0] == "analysis" and len(one) > 1}
    return [area for area in AREA_IDS if area in told] or list(AREA_IDS)


def _words(product: str, areas: list[str]) -> dict[str, str]:
    path = PurePosixPath(product)
    own = [area for area in AREA_IDS if area == path.parent.name or path.stem.endswith(area)]
    return {"kod": path.parent.name[:4], "area": own[0] if own else areas[0]}
