"""Sets up, starts and stops povertywatch. Standard library only, except translations.py."""
