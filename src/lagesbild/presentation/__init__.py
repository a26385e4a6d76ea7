"""Figures, tables and wording: Swedish text and numbers for people."""
