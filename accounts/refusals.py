class Refused(Exception):
    """What was asked cannot be done; the message is a sentence for the person who asked."""
