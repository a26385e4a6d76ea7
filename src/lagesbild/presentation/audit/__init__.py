"""The repeated audit: Riksrevisionen's statistical analysis on any years and areas."""
