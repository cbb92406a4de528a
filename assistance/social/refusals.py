from accounts.refusals import Refused


class SocialRefusal(Refused):
    """What cannot be done with a need or an offer; ``field`` is the one of the form to mend."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.field = field


class Late(SocialRefusal):
    """Somebody was first."""
