"""Made-up households to work on: believable, the same for the same seed, clearly synthetic.

``pool`` makes some thousands of different families (``families``, ``lives``, ``living``,
``money``, ``troubles``); ``writing`` sends them out into villages under names, numbers and
identifiers of their own, and ``making`` loads them. Nobody in it lives: household numbers begin
with SYN, resident IDs with 99, a province that does not exist, and count up; phones lie in the
unassigned series 100, bank accounts begin with 99.
"""
