"""Indicators, areas, regions and groups: what the project knows before any figure is read."""
