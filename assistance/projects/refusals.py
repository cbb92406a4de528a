from assistance.funds.refusals import FundRefusal


class ProjectRefusal(FundRefusal):
    """What cannot be done with an asset, a project or the collective's money."""
