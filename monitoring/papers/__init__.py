"""What is printed for a case and what is put to it."""
