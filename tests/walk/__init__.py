"""Who gets what at every address: one table per room (``tests/test_walk.py`` goes there)."""

from tests.walk.api import API
from tests.walk.assistance import ACTIONS, MEASURES, PERSONS, PLANS, PROOFS
from tests.walk.cases import API_CASES, CASES, INBOX, PAPERS
from tests.walk.clues import CLUES, COMPARISON
from tests.walk.duties import DUTIES
from tests.walk.feeds import FEEDS
from tests.walk.frame import FRAME, JOBS
from tests.walk.funds import FUNDS
from tests.walk.households import HOUSEHOLDS, IMPORTS, OUTGOING, QUALITY, VISITS
from tests.walk.insurance import INSURANCE
from tests.walk.monitoring import ASSURANCES, BURDEN, COVERAGE, MONITORING, PROCEDURES
from tests.walk.points import POINTS
from tests.walk.projects import PROJECTS
from tests.walk.reports import BULLETINS, COMPARED, FIGURES, LEDGERS, REPORTS, TRIALS
from tests.walk.rounds import CAMPAIGNS, TIERS
from tests.walk.social import SOCIAL
from tests.walk.supervision import FINDINGS

# By room, in the order of the tree.
ROOMS = {
    "frame": FRAME + JOBS,
    "households": HOUSEHOLDS + VISITS + IMPORTS + OUTGOING + QUALITY,
    "api": API,
    "feeds": FEEDS,
    "duties": DUTIES,
    "assistance": MEASURES + PLANS + ACTIONS + PROOFS + PERSONS,
    "funds": FUNDS,
    "insurance": INSURANCE,
    "social": SOCIAL,
    "points": POINTS,
    "projects": PROJECTS,
    "monitoring": MONITORING + PROCEDURES + ASSURANCES + COVERAGE + BURDEN,
    "clues": CLUES + COMPARISON,
    "cases": CASES + API_CASES + INBOX + PAPERS,
    "rounds": TIERS + CAMPAIGNS,
    "supervision": FINDINGS,
    "reports": REPORTS + LEDGERS + FIGURES + TRIALS + BULLETINS + COMPARED,
}
WALK = [step for steps in ROOMS.values() for step in steps]
# Left out, and why.
WITHOUT_WALK = {
    "admin/": "Django's own pages; a test of its own says that only staff enter",
}
