"""A household applies from its own phone, without an account (主动申请, GZ 4.2.2).

Nothing here asks the register: whose household it is, the calendar finds out later
(``taking_up.py``), so that no answer can depend on who is in it.
"""
