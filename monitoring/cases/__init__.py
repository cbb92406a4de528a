"""A household's way through a procedure: acts, conditions, outcomes, its page."""
