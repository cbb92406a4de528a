"""Two reviewed months beside each other, and what became of those who were flagged."""
