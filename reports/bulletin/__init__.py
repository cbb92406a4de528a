"""The quarterly bulletin 通报: composed from figures, looked at, issued, answered (AH 6)."""
