"""Who a member is, and how related to the head (``head``: the member who is the head)."""

from django.utils.translation import gettext_lazy as _

from households.quality.check import ERROR, HINT, WARNING, of_member

# fmt: off
CHECKS = (
    of_member(
        400, WARNING, "XC 4.1.2", "member_correct",
        _("The name holds digits, blanks or question marks."),
        "translate(m.name, '0123456789 ?*？＊', '') <> m.name",
    ),
    of_member(
        401, ERROR, "XC 4.1.2", "member_correct",
        _("The resident ID is missing."),
        "m.resident_id_masked = ''",
    ),
    of_member(
        402, ERROR, "XC 4.1.2", "member_correct",
        _("The sex is missing."),
        "m.sex = ''",
    ),
    of_member(
        403, ERROR, "XC 4.1.2", "member_correct",
        _("The day of birth is missing."),
        "m.born_on IS NULL",
    ),
    of_member(
        404, ERROR, "XC 4.1.2", "member_correct",
        _("The sex contradicts the resident ID."),
        "m.sex <> '' AND length(m.resident_id_masked) = 18 AND strpos(CASE m.sex WHEN 'male' "
        "THEN '02468' ELSE '13579' END, substr(m.resident_id_masked, 17, 1)) > 0",
    ),
    of_member(
        405, WARNING, "default", "member_correct",
        _("The resident ID does not begin with the code of a province."),
        "m.resident_id_masked <> '' AND left(m.resident_id_masked, 2) NOT IN ("
        "'11', '12', '13', '14', '15', '21', '22', '23', '31', '32', '33', '34', '35', '36', '37', "
        "'41', '42', '43', '44', '45', '46', '50', '51', '52', '53', '54', "
        "'61', '62', '63', '64', '65', '71', '81', '82', '83') "
        "AND m.resident_id_masked NOT LIKE '999999%' "
        "AND NOT (:made_up AND m.resident_id_masked LIKE '99%')",
    ),
    of_member(
        406, ERROR, "XC 4.1.2", "member_correct",
        _("The day of birth lies in the future."),
        "m.born_on > :today",
    ),
    of_member(
        407, WARNING, "default", "member_correct",
        _("The member is older than 110 years."),
        "m.born_on <= :y110",
    ),
    of_member(
        408, ERROR, "XC 4.1.2", "member_correct",
        _("The relation to the head is missing."),
        "m.relation = ''",
    ),
    of_member(
        409, HINT, "default", "member_correct",
        _("The nationality is missing."),
        "m.nation = ''",
    ),
    of_member(
        410, WARNING, "default", "member_correct",
        _("The name is a single character."),
        "char_length(m.name) = 1",
    ),
    of_member(
        411, WARNING, "default", "member_correct",
        _("The resident ID has no eighteen digits."),
        "m.resident_id_masked <> '' AND char_length(m.resident_id_masked) <> 18",
    ),
    of_member(
        412, ERROR, "XC 4.1.2", "member_correct",
        _("A child of the head is less than twelve years younger."),
        "m.relation = 'child' AND m.born_on < head.born_on + interval '12 years'",
    ),
    of_member(
        413, WARNING, "XC 4.1.2", "member_correct",
        _("A child of the head is more than 65 years younger."),
        "m.relation = 'child' AND m.born_on > head.born_on + interval '65 years'",
    ),
    of_member(
        414, ERROR, "XC 4.1.2", "member_correct",
        _("A grandchild of the head is less than 26 years younger."),
        "m.relation = 'grandchild' AND m.born_on < head.born_on + interval '26 years'",
    ),
    of_member(
        415, ERROR, "XC 4.1.2", "member_correct",
        _("A parent of the head is less than twelve years older."),
        "m.relation = 'parent' AND m.born_on > head.born_on - interval '12 years'",
    ),
    of_member(
        416, ERROR, "XC 4.1.2", "member_correct",
        _("A grandparent of the head is less than 26 years older."),
        "m.relation = 'grandparent' AND m.born_on > head.born_on - interval '26 years'",
    ),
    of_member(
        417, WARNING, "default", "member_correct",
        _("The spouse is younger than twenty."),
        "m.relation = 'spouse' AND m.born_on > :y20",
    ),
    of_member(
        418, WARNING, "default", "member_correct",
        _("Head and spouse are more than forty years apart."),
        "m.relation = 'spouse' AND (m.born_on > head.born_on + interval '40 years' OR"
        " m.born_on < head.born_on - interval '40 years')",
    ),
    of_member(
        419, WARNING, "default", "member_correct",
        _("A child-in-law is younger than eighteen."),
        "m.relation = 'child_in_law' AND m.born_on > :y18",
    ),
    of_member(
        420, WARNING, "default", "member_correct",
        _("A sibling is more than forty years older or younger than the head."),
        "m.relation = 'sibling' AND (m.born_on > head.born_on + interval '40 years' "
        "OR m.born_on < head.born_on - interval '40 years')",
    ),
    of_member(
        421, WARNING, "XC 4.1.2", "member_correct",
        _("A parent-in-law of the head is less than twelve years older."),
        "m.relation = 'parent_in_law' AND m.born_on > head.born_on - interval '12 years'",
    ),
    of_member(
        422, ERROR, "default", "member_correct",
        _("Head and spouse are of the same sex."),
        "m.relation = 'spouse' AND m.sex <> '' AND m.sex = head.sex",
    ),
    of_member(
        423, ERROR, "default", "household_head",
        _("The head is younger than sixteen, though adults live there."),
        "m.relation = 'head' AND m.born_on > :y16 AND EXISTS (SELECT FROM "
        "households_member adult WHERE adult.household_id = m.household_id AND "
        "adult.left_on IS NULL AND adult.born_on <= :y18)",
    ),
    of_member(
        424, ERROR, "default", "household_members",
        _("The day on which the member left lies in the future."),
        "m.left_on > :today",
    ),
)
# fmt: on
