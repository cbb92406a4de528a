"""Which rules a post sees: a department those that its own measures answer (domain.md 1)."""

from assistance.catalogue import MEASURE_TYPES
from monitoring.policy.rules import RULES, rules_of


def rules_seen(post):
    if post.role_row.sees != "line":
        return RULES
    return [
        rule
        for rule in RULES
        if post.department in {MEASURE_TYPES[code].department for code in rule.answered_by}
    ]


def bits_seen(bits, post):
    """The rules of ``bits`` that the post sees."""
    seen = rules_seen(post)
    return [rule for rule in rules_of(bits) if rule in seen]
