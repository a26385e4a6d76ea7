"""Where the project's own files are: in the repository, or inside an installed wheel."""

from __future__ import annotations

from pathlib import Path


def project_root() -> Path:
    """Return the folder that holds ``_quarto.yml``, ``analysis/``, ``reports/`` and ``data/``.

    An installed wheel carries them as ``lagesbild/_project``; in a checkout they stand at the top.
    """
    package = Path(__file__).resolve().parent.parent
    packed = package / "_project"
    return packed if packed.is_dir() else package.parent.parent


def catalogue_folder() -> Path:
    """Return the folder of the reviewed catalogue files, one per area."""
    return project_root() / "data" / "catalogue"


def registers_folder() -> Path:
    """Return the folder of the registers of kommuner, län and groups."""
    return project_root() / "data" / "registers"


def published_folder() -> Path:
    """Return the folder of the figures that were typed from official reports."""
    return project_root() / "data" / "published"
