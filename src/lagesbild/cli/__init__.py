"""The command line: options, progress and exit codes; no logic of its own."""

from __future__ import annotations

from lagesbild.cli.app import app

__all__ = ["app"]
