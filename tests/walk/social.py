"""The walk: needs, offers and matches; the pages without an account."""

from tests.walk.steps import (
    CARRIERS,
    LINES,
    OFFICERS,
    OUT,
    Step,
    api,
    because,
    but,
    empty,
    household,
)

MATCHERS = "township next_township county stranger"
MATCHING = "township county"
HELPERS = "village assigned township county"
READERS = f"{MATCHERS} city other_city province other_province auditor"
READ = "township county city province auditor"
BLIND = but(READERS)


def need(scene):
    return [scene.need.id]


def offer(scene):
    return [scene.offer.id]


def pair(scene):
    return [scene.need.id, scene.offer.id]


def match(scene):
    return [scene.match.id]


def public(scene):
    return [scene.need.public_id]


def act(name, opens, refused, args):
    """The page of an act: its form, and the form sent empty."""
    page = {"opens": opens, "refused": refused, "args": args}
    return [Step(name, **page), Step(name, **page, data=empty, gives=422)]


# Nobody else gets as far as the row; departments carry measures, not needs.
NOT_HELPING = f"{but(CARRIERS)} {LINES}"
NOT_MATCHING = but(MATCHERS)
EVERYBODY = {"anonymous": 200}


def call(route, opens, args, among=OFFICERS, blind=OUT):
    """An act over the API, sent empty: whoever sees the row and may not act is told so."""
    refused = f"{but(opens, among)} {blind}"
    return Step(route, opens, refused, args, data=empty, gives=400, anonymous=401)


SOCIAL = [
    Step("social_need", OFFICERS, OUT, need),
    Step("social_photo", OFFICERS, OUT, lambda scene: [scene.delivery.id]),
    Step("social_needs", but(OUT), OUT),
    Step("social_needs", but(OUT), OUT, params="state=open&kind=goods&division=341524105207"),
    Step("social_offers", READERS, BLIND),
    Step("social_offers", READERS, BLIND, params="state=open&kind=goods&division=341524105000"),
    Step("social_offer", READ, BLIND, offer),
    Step("social_offer_phone", MATCHING, f"city province auditor {BLIND}", offer),
    Step("social_offer_phone", MATCHING, f"city province auditor {BLIND}", offer, data=because,
         plain=True),
    *act("social_need_new", HELPERS, NOT_HELPING, household),
    *act("social_publish", MATCHING, NOT_MATCHING, need),
    *act("social_close", HELPERS, NOT_HELPING, need),
    *act("social_match", MATCHING, NOT_MATCHING, pair),
    *act("social_offer_accept", MATCHING, NOT_MATCHING, offer),
    *act("social_offer_refuse", MATCHING, NOT_MATCHING, offer),
    *act("social_offer_close", MATCHING, NOT_MATCHING, offer),
    *act("social_deliver", HELPERS, NOT_HELPING, match),
    *act("social_give_up", MATCHING, NOT_MATCHING, match),
    *act("social_answer", HELPERS, NOT_HELPING, match),
    Step("give", **EVERYBODY),
    Step("give", params="county=341524000000&kind=goods", **EVERYBODY),
    Step("give_need", args=public, **EVERYBODY),
    Step("give_need", args=public, data=empty, gives=422, anonymous=422),
    Step("give_offer", **EVERYBODY),
    Step("give_offer", params="county=341524000000", **EVERYBODY),
    Step("give_offer", params="county=341524000000", data=empty, gives=422, anonymous=422),
    Step("give_done", gives=302),
    Step("give_state", **EVERYBODY),
    Step("give_state", data=empty, gives=422, anonymous=422),
    *api("social-needs", but(OUT), OFFICERS, need, OUT),
    Step("api_social-needs-list", but(OUT, CARRIERS), f"city other_city province other_province"
         f" auditor {OUT}", data=empty, gives=400, anonymous=401),
    call("api_social-needs-publish", MATCHING, need),
    call("api_social-needs-close", HELPERS, need),
    call("api_social-needs-match", MATCHING, need),
    *api("social-offers", READERS, READ, offer, BLIND),
    call("api_social-offers-accept", MATCHING, offer, READ, BLIND),
    call("api_social-offers-refuse", MATCHING, offer, READ, BLIND),
    *api("social-matches", but(OUT), OFFICERS, match, OUT),
    call("api_social-matches-deliver", HELPERS, match),
    call("api_social-matches-give-up", MATCHING, match),
]  # fmt: skip
