"""Figures: counts of rows, by division and month (domain.md 6)."""
