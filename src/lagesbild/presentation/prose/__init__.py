"""Analysts' prose for readers: inline values with unit and decimals, claims, and the marks of a draft."""
