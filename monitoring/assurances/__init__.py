"""Assurance and water problems: found, mended, brought to zero 动态清零 (AH0 3.4.1)."""
