"""Slides: geometry, what fits on one, and what is drawn on it as Office's own shapes."""
