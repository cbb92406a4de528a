"""Policy versions: the rules and figures that a run used, kept so that it can be repeated."""

import hashlib
import json

from monitoring.models import PolicyVersion
from monitoring.policy.judging import facts_sql, judged_sql
from monitoring.policy.rules import DERIVED, RULES


def policy_version(figures, *, province, day, at):
    """The version with these rules and figures; a new one when anything differs."""
    plain = {
        str(county): {name: None if value is None else str(value) for name, value in row.items()}
        for county, row in sorted(figures.items())
    }
    rules = [
        {"number": r.number, "code": r.code, "clause": r.clause, "red": r.red, "yellow": r.yellow}
        for r in RULES
    ]
    text = json.dumps([plain, rules, DERIVED, facts_sql(), judged_sql()], sort_keys=True)
    digest = hashlib.sha256(text.encode()).hexdigest()
    known = PolicyVersion.objects.filter(digest=digest).first()
    if known:
        return known
    name = f"{province.name.removesuffix('省')}{day:%Y-%m}"
    same = PolicyVersion.objects.filter(name__startswith=name).count()
    version, _made = PolicyVersion.objects.get_or_create(
        digest=digest,
        defaults={
            "name": f"{name}-{same + 1}" if same else name,
            "figures": plain,
            "rules": rules,
            "made_at": at,
        },
    )
    return version
