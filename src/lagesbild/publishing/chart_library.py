"""Vega, Vega-Lite and Vega-Embed as one script that the website serves itself.

They come out of the package ``vl-convert-python``, whose version the lock file pins, so nothing is fetched. The same
version gives the same bytes.
"""

from __future__ import annotations

from importlib.metadata import version

from lagesbild.files import write_atomic
from lagesbild.publishing.layout import Layout

#: What the pages' own scripts need of the bundle.
_SNIPPET = "window.vegaEmbed = vegaEmbed;"


def chart_library(layout: Layout) -> str:
    """Return the script; bundled once for each version of the package, and kept in the work folder."""
    kept = layout.yearly / "diagram" / f"vega-{version('vl-convert-python')}.js"
    if kept.is_file():
        return kept.read_text(encoding="utf-8")
    import vl_convert  # noqa: PLC0415 - starts a JavaScript engine

    script: str = vl_convert.javascript_bundle(_SNIPPET)
    write_atomic(kept, script)
    return script
