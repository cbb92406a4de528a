"""What the national system must be told (AH 2.2): where the register and its last export differ."""
