"""Lägesbild: öppna jämförelser from outside files to reports, workbooks and a website."""

__version__ = "0.1.0"
