class Refused(Exception):
    """What was asked cannot be done; the message is a sentence for the person who asked."""


class TakenFirst(Refused):
    """Somebody else was first; what the person saw does not hold any more."""
