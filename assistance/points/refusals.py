from accounts.refusals import Refused


class PointRefusal(Refused):
    """What cannot be done with points; ``field`` is the one of the form that is to be mended."""

    def __init__(self, sentence, field=None):
        super().__init__(sentence)
        self.field = field
