"""The text of the national reports and area pages: development, spread and differences between groups."""
