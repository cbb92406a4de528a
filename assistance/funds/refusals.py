from accounts.refusals import Refused, TakenFirst


class FundRefusal(Refused):
    """What cannot be done with money; ``field`` is the one of the form that is to be mended."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.field = field


class Late(FundRefusal, TakenFirst):
    """Somebody was first."""
