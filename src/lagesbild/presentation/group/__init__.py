"""Reports of groups of kommuner: a län, or a group of one's own."""
