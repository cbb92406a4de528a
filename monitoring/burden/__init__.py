"""What the system asks of a village, counted as a figure to bring down (AH 6.3, XC 4.1.2)."""
