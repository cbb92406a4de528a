"""Why a cell or a row was not taken: a group for lists, and a sentence that says what to do."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

ID, PLACE, TWICE, CODE, NUMBER, DATE, HOUSEHOLD, OTHER = (
    gettext_noop("ID number wrong"),
    gettext_noop("Village not found"),
    gettext_noop("Person twice"),
    gettext_noop("Code not known"),
    gettext_noop("Number wrong"),
    gettext_noop("Date wrong"),
    gettext_noop("Household unclear"),
    gettext_noop("Other"),
)
GROUPS = (ID, PLACE, TWICE, CODE, NUMBER, DATE, HOUSEHOLD, OTHER)

# reason: (group, sentence)
REASONS = {
    "id_by_excel": (
        ID,
        gettext_noop("Excel has rounded this number; the last digits are lost. Enter all 18 as text."),
    ),
    "id_length": (ID, gettext_noop("The number has %(length)s characters. Enter all 18 of the resident ID.")),
    "id_characters": (ID, gettext_noop("An ID has 17 digits and then a digit or X. Check the ID card.")),
    "id_check_digit": (
        ID,
        gettext_noop("By the other digits the last one should be %(should)s. Check the ID card."),
    ),
    "birth_impossible": (ID, gettext_noop("%(born)s is no day of birth. Check the ID card.")),
    "birth_future": (ID, gettext_noop("The day of birth, %(born)s, lies after the export. Check it.")),
    "birth_needs_day": (DATE, gettext_noop("Enter the whole day of birth, as 1972-04-26.")),
    "birth_against_id": (ID, gettext_noop("The ID says born on %(born)s. Correct the one that is wrong.")),
    "sex_against_id": (ID, gettext_noop("The ID says another sex. Correct the one that is wrong.")),
    "card_length": (ID, gettext_noop("A disability card has 20 digits: ID, kind and grade. Check the card.")),
    "card_kind_or_grade": (
        ID,
        gettext_noop("Kind %(kind)s or grade %(grade)s does not exist: kinds are 1 to 7, grades 1 to 4."),
    ),
    "card_of_other_person": (ID, gettext_noop("This card begins with another person's ID. Check the card.")),
    "card_against_grade": (
        CODE,
        gettext_noop("The disability card says grade %(grade)s. Correct the one that is wrong."),
    ),
    "phone_wrong": (NUMBER, gettext_noop("No phone number: 11 digits, or a fixed line with its area code.")),
    "account_wrong": (NUMBER, gettext_noop("No bank card number: a digit is wrong or missing. Check it.")),
    "number_by_excel": (
        NUMBER,
        gettext_noop("Excel has rounded this number. Format the column as text and enter it again."),
    ),
    "formula": (OTHER, gettext_noop("The cell holds a formula or an Excel error. Enter the value itself.")),
    "too_long": (OTHER, gettext_noop("At most %(limit)s characters. Shorten it.")),
    "unknown_code": (CODE, gettext_noop("Not a word of the national code list. It should be: %(allowed)s.")),
    "health_contradicts": (CODE, gettext_noop("Healthy and ill at once. Keep what is true.")),
    "health_against_card": (
        CODE,
        gettext_noop("There is a disability card, but the state of health does not say disabled. Add it."),
    ),
    "class_against_kind": (
        CODE,
        gettext_noop("This class does not go with the kind of household, %(kind)s. Correct one of them."),
    ),
    "not_a_number": (NUMBER, gettext_noop("Not a number. Enter digits only, as 3200.00.")),
    "none_or_unknown": (NUMBER, gettext_noop("Enter 0 if there was none; leave it empty if not known.")),
    "percent": (NUMBER, gettext_noop("Enter the amount, not a share in percent.")),
    "negative": (NUMBER, gettext_noop("It cannot be less than 0.")),
    "out_of_range": (NUMBER, gettext_noop("It should lie between %(low)s and %(high)s.")),
    "date_wrong": (DATE, gettext_noop("Not a date. Enter year and month as 202010, a day as 2020-10-27.")),
    "date_impossible": (DATE, gettext_noop("This date does not exist. Enter year and month as 202010.")),
    "date_future": (DATE, gettext_noop("The date lies after the day of the export. Check the year.")),
    "window_not_a_year": (
        DATE,
        gettext_noop("Incomes are those of 12 months; %(first)s to %(last)s are not. Correct both months."),
    ),
    "window_missing": (
        DATE,
        gettext_noop("There are incomes but not the 12 months they belong to. Enter first and last month."),
    ),
    "window_in_the_future": (
        DATE,
        gettext_noop("The 12 months end after the day of the export. Correct both months."),
    ),
    "income_incomplete": (
        NUMBER,
        gettext_noop("The other incomes are given and this is empty. Enter it, or 0 if there was none."),
    ),
    "number_missing": (HOUSEHOLD, gettext_noop("Without a household number the row fits no household.")),
    "number_wrong": (HOUSEHOLD, gettext_noop("A number has at most 24 letters and digits. Check it.")),
    "name_missing": (OTHER, gettext_noop("Enter the name. A new person cannot go in without one.")),
    "relation_missing": (
        CODE,
        gettext_noop("Enter the relation to the head. A household has exactly one head."),
    ),
    "kind_missing": (CODE, gettext_noop("Enter the kind of household; without it nobody can judge it.")),
    "row_shifted": (
        OTHER,
        gettext_noop("The row has more cells than the header. A comma has shifted it; put it right."),
    ),
    "person_key_missing": (
        OTHER,
        gettext_noop("Neither a person number nor a valid ID: nobody can say who this is. Enter one."),
    ),
    "village_missing": (PLACE, gettext_noop("Enter the village, or its 12-digit code.")),
    "place_unknown": (
        PLACE,
        gettext_noop("“%(words)s” is not in the list of divisions of %(within)s. Check the name, "
          "or enter the 12-digit code."),
    ),
    "place_like": (
        PLACE,
        gettext_noop("%(within)s has “%(like)s”. Write the full name or enter the 12-digit code."),
    ),
    "place_two": (
        PLACE,
        gettext_noop("“%(words)s” may be %(candidates)s. Name the township, or enter the 12-digit code."),
    ),
    "code_unknown": (PLACE, gettext_noop("No village has this code. Check all 12 digits.")),
    "code_against_names": (
        PLACE,
        gettext_noop("The code is that of %(place)s, the names say otherwise. Correct one of them."),
    ),
    "not_your_division": (
        PLACE,
        gettext_noop("The row lies in %(place)s, outside your division. Its own office loads it."),
    ),
    "household_elsewhere": (
        PLACE,
        gettext_noop("This household is registered outside your division. The county has to move it first."),
    ),
    "household_not_taken": (
        HOUSEHOLD,
        gettext_noop("The household cannot go in while its village is unclear. See its other rows."),
    ),
    "rows_differ": (
        HOUSEHOLD,
        gettext_noop("Row %(other)s of the same household says “%(others)s”. Make the rows agree."),
    ),
    "duplicate_row": (TWICE, gettext_noop("The same as row %(other)s. Delete one of the two.")),
    "person_twice": (
        TWICE,
        gettext_noop("The same person stands in row %(other)s with other values. Keep the right row."),
    ),
    "person_in_two_households": (
        TWICE,
        gettext_noop("The same ID stands in row %(other)s, in household %(number)s. Keep the right one."),
    ),
    "own_number_unclear": (
        HOUSEHOLD,
        gettext_noop("This household could be %(own)s, registered here before; the export has %(numbers)s for "
          "it. Remove the one that is too many, then import again."),
    ),
    "person_elsewhere": (
        TWICE,
        gettext_noop("This person already lives in the household of %(head)s in %(place)s, number %(number)s. "
          "Record the move there first."),
    ),
    "person_elsewhere_unseen": (
        TWICE,
        gettext_noop("This person is registered in a household outside your division. Ask the county."),
    ),
    "two_candidates": (
        TWICE,
        gettext_noop("The person number and the ID belong to two different members. Correct one of them."),
    ),
    "number_of_another": (
        TWICE,
        gettext_noop("This person number is %(name)s's in the register, who has another ID. Check both."),
    ),
    "listed_here": (
        HOUSEHOLD,
        gettext_noop("Here the household is listed (%(ours)s). That ends by a closing only (AH 3.3), "
          "not by a file. Everything else of the row is taken."),
    ),
    "decided_here": (
        HOUSEHOLD,
        gettext_noop("A case decided here on %(day)s that the household is %(ours)s. Correct the "
          "national system; everything else of the row is taken."),
    ),
    "two_heads": (
        HOUSEHOLD,
        gettext_noop("Row %(other)s is also head of this household. Leave one head."),
    ),
    "head_elsewhere": (
        HOUSEHOLD,
        gettext_noop("The register has %(name)s as head, who is not in the file. Record that person's "
          "leaving first, or add the row."),
    ),
}  # fmt: skip


def group_of(reason):
    return REASONS.get(reason, (OTHER, ""))[0]


def of_group(group):
    return [reason for reason, (own, _sentence) in REASONS.items() if own == group]


def sentence(reason, details):
    words = {key: _listed(value) for key, value in details.items()}
    return _(REASONS[reason][1]) % words


def _listed(value):
    return _(", ").join(value) if isinstance(value, list) else value
