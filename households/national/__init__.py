"""The national system's export: read safely, understood, checked, merged, and taken back."""
