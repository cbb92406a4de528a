"""Campaigns: a list of households that each village answers once (domain.md 4, Rounds)."""
