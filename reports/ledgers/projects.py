"""Project assets, the project store and the income of village collectives (GZ 2.5, 4.5, AH0 4.4).

Their rows are of a division, not of a household; each leads to its own page.
"""

from django.utils.translation import gettext_lazy as _

from assistance.models import (
    AssetKind,
    AssetState,
    Keeper,
    Nature,
    Owner,
    Priority,
    ProjectKind,
    ProjectState,
    Use,
)
from reports.ledgers.shape import (
    ASSET,
    BOOK,
    PLACE,
    PROJECT,
    Column,
    Ledger,
    Part,
    attribute,
    worded,
)

PLACED = PLACE[:-1]  # no villager group
LEVELS = {3: _("county"), 4: _("township"), 5: _("village")}


def _named(words):
    return (
        Column("number", _("number in the ledger"), 24, attribute("number"), screen=False),
        Column("name", words, 22, attribute("name"), screen=False),
    )


def _yuan(code, words, **more):
    value = more.pop("value", attribute(code))
    return Column(code, words, 12, value, kind="amount", blank=more.pop("blank", "–"), **more)


def _day(code, words):
    return Column(code, words, 12, attribute(code), kind="day", blank="–")


def _text(code, words, width, blank="–", **more):
    return Column(code, words, width, lambda row: getattr(row, code) or None, blank=blank, **more)


def _earned(row):
    return row.earned or (0 if row.came is not None else None)


def _states(choices):
    return tuple(Part(state, words, f"v.state = '{state}'") for state, words in choices)


STANDING = "v.state <> 'written_off'"
LEDGERS = (
    Ledger(
        "assets",
        _("Project assets"),
        "GZ 4.5",
        _("What projects built: owner, keeper, supervisor, upkeep, idle or not."),
        "",
        (
            *PLACED,
            *_named(_("asset")),
            Column("level", _("ledger of"), 8, lambda row: LEVELS.get(row.at_level),
                   screen=False),
            Column("kind", _("kind of asset"), 12, worded("kind", AssetKind.choices)),
            Column("nature", _("what it serves"), 10, worded("nature", Nature.choices),
                   screen=False),
            Column("built_year", _("built in"), 8, lambda row: f"{row.built_year}"),
            _yuan("value", _("value, yuan")),
            Column("owner", _("owner"), 10, worded("owner", Owner.choices)),
            _text("owner_name", _("name of the owner"), 14, paper=False, screen=False),
            _text("keeper_name", _("keeper"), 14),
            Column("keeper", _("kind of keeper"), 10, worded("keeper", Keeper.choices),
                   paper=False, screen=False),
            _text("supervisor", _("supervisor"), 14),
            _yuan("upkeep", _("upkeep money a year"), blank=_("none set aside")),
            Column("use", _("how it is used"), 8, worded("use", Use.choices)),
            Column("state", _("state"), 10, worded("state", AssetState.choices)),
            Column("inspected_on", _("last inspection"), 12, attribute("inspected_on"), kind="day",
                   blank=_("not inspected yet")),
            _text("lessee", _("lessee"), 14),
            _yuan("rent", _("rent a year")),
        ),
        (
            Part("kept", _("in the ledger"), STANDING),
            Part("idle", Use.IDLE.label, f"v.use = 'idle' AND {STANDING}"),
            Part("broken", Use.BROKEN.label, f"v.use = 'broken' AND {STANDING}"),
            Part("village", _("of villages"), f"v.at_level = 5 AND {STANDING}"),
            Part("township", _("of townships"), f"v.at_level = 4 AND {STANDING}"),
            Part("county", _("of counties"), f"v.at_level = 3 AND {STANDING}"),
            Part("written_off", AssetState.WRITTEN_OFF.label, "v.state = 'written_off'"),
        ),
        of=ASSET,
        page="asset",
    ),
    Ledger(
        "projects",
        _("Project store"),
        "AH0 4.4, XC 2.7",
        _("Projects proposed, stored, begun, finished or adjusted out, with whom they help."),
        "",
        (
            *PLACED,
            *_named(_("project")),
            Column("kind", _("kind of project"), 12, worded("kind", ProjectKind.choices)),
            Column("year", _("planned for the year"), 8, lambda row: f"{row.year}"),
            _text("words", _("what is built or done"), 30),
            _text("benefit", _("how it helps households"), 24),
            Column("priority", _("epidemic priority"), 18, worded("priority", Priority.choices),
                   blank="–"),
            _yuan("planned", _("planned, yuan")),
            Column("homes", _("households named"), 8, attribute("homes"), kind="number"),
            Column("state", _("state"), 10, worded("state", ProjectState.choices)),
            Column("adjusted", _("times adjusted"), 8, attribute("adjusted"), kind="number"),
            _day("stored_on", _("in the store since")),
            _day("started_on", _("begun on")),
            _day("finished_on", _("finished on")),
        ),
        (
            *_states(ProjectState.choices),
            Part("first", _("epidemic priority"), "v.priority <> ''"),
            Part("nobody", _("no household named"),
                 "v.homes = 0 AND v.state IN ('in_store', 'started')"),
        ),
        of=PROJECT,
        page="project",
    ),
    Ledger(
        "collective-income",
        _("Income of village collectives"),
        "GZ 2.5, GZ 4.3.1",
        _("What each collective earned and used in the twelve months up to the day, and has left."),
        "",
        (
            *PLACED,
            *_named(_("village collective")),
            _yuan("earned", _("earned, yuan"), value=_earned),
            _yuan("least", _("at least, yuan")),
            _yuan("came", _("income in all")),
            _yuan("used", _("used")),
            _yuan("reserve", _("reserve")),
            _yuan("posts", _("public-welfare posts")),
            _yuan("works", _("small public works")),
            _yuan("awards", _("awards, aid and bonuses")),
            _yuan("upkeep", _("upkeep of assets")),
            _yuan("relief", _("deposits in the emergency fund")),
            _yuan("balance", _("left in the books")),
            Column("late", _("late rents"), 8, attribute("late"), kind="number"),
        ),
        (
            Part("low", _("under the least income"),
                 "v.came IS NOT NULL AND coalesce(v.earned, 0) < v.least"),
            Part("enough", _("at least that income"), "v.earned >= v.least"),
            Part("none", _("no income in twelve months"), "v.came IS NULL"),
            Part("unused", _("nothing used"), "v.used IS NULL"),
            Part("late", _("rent is late"), "v.late > 0"),
        ),
        of=BOOK,
        page="collective",
    ),
)  # fmt: skip
