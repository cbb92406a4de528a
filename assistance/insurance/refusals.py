from assistance.funds.refusals import FundRefusal, Late

__all__ = ["InsuranceRefusal", "Late"]


class InsuranceRefusal(FundRefusal):
    """What cannot be done with a policy or a claim; pages and API tell it as one of money."""
