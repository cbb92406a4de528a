"""Findings of supervisors: to the locality with a limit, answered with proof (AH 6.2)."""
