"""The half-yearly division of tiers (LA 2.1, 4.3)."""
