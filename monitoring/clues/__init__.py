"""Clues: from whoever says that a household may need help, to an answer (domain.md 4)."""
