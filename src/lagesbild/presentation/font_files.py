"""Where the files of Source Sans Pro are: in a Python package, so that every machine has the same."""

from __future__ import annotations

from pathlib import Path

from lagesbild.errors import MissingFontError

#: Name of the family in CSS, SVG and Typst.
FAMILY = "Source Sans Pro"

PACKAGE = "font-source-sans-pro"

# Semibold is a family of its own by name and so not found as weight 600; bold is what all engines agree on.
FILES = {400: "SourceSansPro-Regular.ttf", 700: "SourceSansPro-Bold.ttf"}


def font_folder() -> Path:
    """Return the folder of the font files (for Typst's ``font_paths``).

    Raises
    ------
    MissingFontError
        If the package or one of its files is missing: another font would change every line of every document.
    """
    try:
        import font_source_sans_pro  # noqa: PLC0415 - its absence is an error that says what to do
    except ImportError as error:
        raise MissingFontError(FAMILY, "", PACKAGE) from error
    folder = Path(font_source_sans_pro.font_directory)
    for name in FILES.values():
        if not (folder / name).is_file():
            raise MissingFontError(FAMILY, str(folder / name), PACKAGE)
    return folder


def font_file(weight: int = 400) -> Path:
    """Return the upright TrueType file of a weight: 400 or 700."""
    return font_folder() / FILES[weight]
