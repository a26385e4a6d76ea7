"""Which render engine is wanted, told before either is imported."""

from __future__ import annotations

import shutil

from lagesbild.errors import ParameterError

#: The render engines by name.
ENGINES = ("embedded", "quarto")


def engine_name(prefer: str | None = None) -> str:
    """Return the name of an engine: the one preferred, else Quarto if ``quarto`` is on PATH, else the embedded one.

    Raises
    ------
    ParameterError
        If there is no engine of that name.
    """
    if prefer is None:
        return "quarto" if shutil.which("quarto") else "embedded"
    if prefer not in ENGINES:
        raise ParameterError("engine", prefer, ENGINES)
    return prefer
