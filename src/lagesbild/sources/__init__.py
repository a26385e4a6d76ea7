"""Readers of outside files and APIs: each yields rows of the one observation table."""
