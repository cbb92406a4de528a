"""What lies on whose desk, what is late, and doing many at once."""
