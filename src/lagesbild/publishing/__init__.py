"""Notebooks run, documents rendered, the website and open data written."""
