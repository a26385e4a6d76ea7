"""Workbooks for people: what stands in them, apart from how a file is written."""
