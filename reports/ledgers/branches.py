"""The SQL of a ledger: its households of the day, joined with the members, measures or events that
its rows are. Each combination of present and past rows is a branch that is ordered and cut by
itself, so that a page of a province costs what one of a village does."""

from pathlib import Path

from django.utils.timezone import localdate

from assistance.funds.limits import LIMITS
from assistance.models import HANDED, OPERATING
from monitoring.policy.judging import graduates_born_to, last_school_day
from reports.ledgers.shape import CLAIM, EVENT, HOUSEHOLD, MEASURE, MEMBER, NEED, OF_PLACES

SQL = Path(__file__).parent.with_name("sql")
HOME = (
    *("province_id", "city_id", "county_id", "township_id", "village_id", "group_name"),
    *("head_name", "status", "exited_class", "tier", "listed_on", "responsible_name"),
    *("contact_name", "in_charge_id"),
    *("house_grade", "house_material", "only_home", "unsafe_house", "safe_home_elsewhere"),
    *("relocated", "relocation_site"),
)
PERSON = (
    *("name", "relation", "sex", "born_on", "school", "school_words", "school_exemption"),
    *("dropout_warning", "chronic_illness", "major_illness", "untreated", "family_doctor"),
    *("disabled", "disability_grade", "labour", "trained", "work_months", "work_place"),
    *("wants_work", "wants_training", "medical_insurance", "serious_illness_insurance"),
    *("low_income_allowance", "extreme_poverty_support"),
)
HELP = (
    *("member_id", "kind", "words", "responsible", "amount", "source", "started_on", "due_on"),
    *("ended_on", "result", "result_words"),
)
# What a village earns itself, and how much at least where nobody set another figure (GZ 2.5).
OF_INCOME = {
    "earned": ", ".join(f"'{kind}'" for kind in OPERATING),
    "handed": ", ".join(f"'{kind}'" for kind in HANDED),
    "least": LIMITS["collective_income"].default,
}
READS = {
    HOUSEHOLD: (),
    MEMBER: ("resident_id_masked AS masked_id", *PERSON),
    MEASURE: HELP,
    EVENT: (
        *("member_id", "happened_on", "description", "event_kind", "loss", "resolved_on", "stage"),
    ),
    NEED: (
        *("need_kind", "words", "amount", "state", "noted_at", "published_at", "promised"),
        *("delivered", "givers", "results"),
    ),
    CLAIM: (
        *("member_id", "claim_number", "peril", "happened_on", "words", "loss", "policy_number"),
        *("insurer", "state", "amount", "paid_on"),
    ),
}


def text_of(name):
    return (SQL / f"as_of_{name}.sql").read_text()


def ages(day):
    """Birthdays that part pupils from others, as the monthly analysis parts them."""
    school = last_school_day(day)
    return {
        "school_born_from": school.replace(year=school.year - 16),
        "school_born_to": school.replace(year=school.year - 6),
        "graduates_born_to": graduates_born_to(day),
    }


def branches(ledger, day, territory):
    """SELECTs that together give the rows of the ledger, as far as the territory goes."""
    if ledger.of in OF_PLACES:
        return [text_of(ledger.of).format(own=territory.division_sql, **OF_INCOME)]
    homes = [_homes(ledger, half, territory) for half in _halves(day)]
    if ledger.of == HOUSEHOLD:
        return homes
    names = ", ".join(f"s.{name.split()[-1]}" for name in ("subject_id", *READS[ledger.of]))
    return [
        f"SELECT v.*, {names} FROM ({home}) v JOIN ({subject}) s ON s.household_id = v.household_id"
        for home in homes
        for subject in _subjects(ledger.of, day, ledger.subjects)
    ]


def part_sql(ledger, part, day, wide=False):
    """The condition of a part, with the members and measures that it asks for."""
    members = _all(MEMBER, day, "true")
    rows = part.wide if wide and part.wide else part.rows
    return rows.format(members=members, measures=measures_sql(ledger, day))


def measures_sql(ledger, day):
    """The measures of the day that a ledger tells of."""
    return _all(MEASURE, day, ", ".join(f"'{kind}'" for kind in ledger.kinds))


def _all(of, day, subjects):
    return f"({' UNION ALL '.join(_subjects(of, day, subjects))})"


def _halves(day):
    # Nothing can be on record that is newer than today.
    return ("now", "past") if day < localdate() else ("now",)


def _homes(ledger, half, territory):
    reads = ", ".join(f"v.{column}" for column in HOME)
    own, past = territory.own_sql, territory.past_sql
    rows = ledger.rows.replace("{id}", "v.id" if half == "now" else "v.household_id")
    return text_of(half).format(reads=reads, rows=rows, own=own, past=past)


def _subjects(of, day, subjects):
    reads = "".join(f", m.{column}" for column in READS[of])
    names = {
        MEMBER: [f"member_{half}" for half in _halves(day)],
        MEASURE: [f"measure_{_halves(day)[-1]}"],
        EVENT: ["event"],
        NEED: ["need"],
        CLAIM: ["claim"],
    }[of]
    return [text_of(name).format(reads=reads, subjects=subjects) for name in names]
