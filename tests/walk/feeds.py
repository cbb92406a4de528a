"""The walk: feeds."""

from tests.walk.steps import KEEPERS, LINES, SEES, Step, but, empty, household

FEED_READERS = "county stranger city other_city province other_province education water auditor"
SEE_FEED = "county city province water auditor"
A_FEED = {"refused": but(FEED_READERS), "args": lambda scene: [scene.feed.id]}
OWN_FEED = A_FEED | {"refused": f"{but(FEED_READERS)} county city province auditor"}
FEEDS = [
    Step("feeds", FEED_READERS, but(FEED_READERS)),
    Step("feeds", LINES, but(LINES), data=empty),
    Step("feed", SEE_FEED, **A_FEED),
    Step("feed", SEE_FEED, **A_FEED, params="group=no_hit"),
    Step("feed_progress", SEE_FEED, **A_FEED),
    Step("load_feed", "water", **OWN_FEED, data=empty, gives=302),
    Step("undo_feed", "water", **OWN_FEED),
    Step("undo_feed", "water", **OWN_FEED, data=empty),
    Step("feed_troubles", "water", **OWN_FEED, plain=True),
    Step("api_feeds-list", FEED_READERS, but(FEED_READERS), anonymous=401),
    Step("api_feeds-list", LINES, but(LINES), data=empty, gives=400, anonymous=401),
    Step("household_departments", SEES, args=household),
    Step("household_departments", SEES, args=household, params="kind=water"),
    Step("api_feed-rows-list", but(KEEPERS), KEEPERS, params="household=1", anonymous=401),
    Step("api_feeds-detail", SEE_FEED, **A_FEED, anonymous=401),
    Step("api_feeds-rows-to-check", "water", **OWN_FEED, anonymous=401),
]
