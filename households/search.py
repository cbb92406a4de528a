"""Finding a household by what is known of it. Full personal numbers never enter an address.

Words (name, pinyin, initials, household number, masked ID) are looked for by the list and may stand
in its address. A full resident ID or phone is looked for by its blind index, from the body of
a POST, and is kept nowhere.
"""

import re
import unicodedata

from django.db.models import Q

from accounts.protected import blind_index
from households.models import Household, Member

_RESIDENT_ID = re.compile(r"(?<!\d)(\d{17}[\dX]|\d{8}(0[1-9]|1[0-2])([0-2]\d|3[01])\d{3})(?![\dX])")
_PHONE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_ACCOUNT = re.compile(r"(?<!\d)6[02]\d{14,17}(?!\d)")
_MASKED = re.compile(r"^(\d{6})[*\u2026.]+([\dX]{4})$")


def plain_words(typed):
    """Half-width, upper case, single blanks: how words are compared."""
    known = (typed or "").replace("\0", " ")  # a sign that no name has and no query takes
    return " ".join(unicodedata.normalize("NFKC", known).upper().split())


def _without_blanks(typed):
    return re.sub(r"[\s-]", "", plain_words(typed))


def _personal_in(typed):
    words = _without_blanks(typed)
    found = (shape.search(words) for shape in (_RESIDENT_ID, _PHONE, _ACCOUNT))
    return next((match[0] for match in found if match), "")


def is_personal(typed):
    """Whether a full resident ID, phone or bank account stands in what was typed."""
    return bool(_personal_in(typed))


def found_by_number(post, typed):
    """The visible households of whoever bears this resident ID or phone.

    Masked numbers are shown to a post only with the section ``identifiers``; the same holds for
    looking them up, else a search would tell what the page hides.
    """
    if not post.sees_section("identifiers"):
        return Household.objects.none()
    index = blind_index(_personal_in(typed))
    bearers = Member.objects.visible_to(post).filter(resident_id_index=index)
    return Household.objects.visible_to(post).filter(
        Q(id__in=bearers.values("household_id")) | Q(phone_index=index)
    )


def found_by_words(households, typed, post):
    """``households`` narrowed to those that the words name; none for a full personal number."""
    words = plain_words(typed)
    if is_personal(words):
        return households.none()
    if not words:
        return households
    found = households.filter(_household_says(words)).order_by().values("id")
    members = _member_says(words, post)
    if members is None:
        return households.filter(id__in=found)
    return households.filter(id__in=found.union(members.order_by().values("household_id")))


def _household_says(words):
    if words.replace("-", "").isdigit():
        return Q(number__startswith=words)
    if words.isascii():
        latin = words.lower().replace(" ", "").replace("'", "")
        return (
            Q(head_initials__startswith=latin)
            | Q(head_pinyin__startswith=latin)
            | Q(number__startswith=words)
            | Q(former_numbers__number=words)
        )
    says = Q(head_name__startswith=words)
    return says | Q(head_name__contains=words) if len(words) >= 3 else says


def _member_says(words, post):
    """Members by masked ID or by the beginning of the name; None where words cannot mean one."""
    members = Member.objects.visible_to(post).living_there()
    masked = _MASKED.match(words.replace(" ", ""))
    if masked:
        if not post.sees_section("identifiers"):
            return members.none()
        masks = [f"{masked[1]}{'*' * stars}{masked[2]}" for stars in (8, 5)]
        return members.filter(resident_id_masked__in=masks)
    return None if words.isascii() else members.filter(name__startswith=words)
