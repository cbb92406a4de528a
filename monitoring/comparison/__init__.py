"""Departments' data beside the register (AH 2.1, 3.2; GZ 4.4.3): what differs becomes a clue, a
task of the village, or evidence against listing; once, while nothing changes."""
