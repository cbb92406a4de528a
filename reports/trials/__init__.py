"""What if other figures of the policy held: tried on the facts of a reviewed month."""
