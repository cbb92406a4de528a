from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.text import capfirst
from django.utils.translation import override

from accounts.models.divisions import Level
from accounts.roles import ABILITIES, ROLES
from monitoring.policy.parameters import PARAMETERS, PUBLISHED
from monitoring.policy.rules import DERIVED, RULES
from monitoring.procedure_drawing import mermaid
from monitoring.procedure_words import asks_of, does_of, level_words, subjects_of, where_of
from monitoring.procedures import PROCEDURES

NOTE = "<!-- Drawn by `./run manage draw_docs`; `./run check` compares. -->\n"


class Command(BaseCommand):
    help = "Writes the docs that are drawn from code; --check only says whether they are fresh."

    def add_arguments(self, parser):
        parser.add_argument("--check", action="store_true")

    def handle(self, *, check, **options):
        with override("en"):
            drawn = {
                "policy.md": policy(),
                "roles.md": roles(),
                "procedures.md": procedures(),
            }
        stale = [name for name, text in drawn.items() if _kept(name) != text]
        if check and stale:
            raise CommandError(f"Stale: {', '.join(stale)}. Run ./run manage draw_docs.")
        for name in stale:
            (_folder() / name).write_text(drawn[name])
            self.stdout.write(f"docs/{name}")


def _folder():
    return Path(settings.BASE_DIR) / "docs"


def _kept(name):
    path = _folder() / name
    return path.read_text() if path.exists() else ""


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    cells = [[str(cell).replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "\n".join("| " + " | ".join(line) + " |" for line in cells) + "\n"


def _code(sql):
    return "" if sql == "FALSE" else f"`{' '.join(sql.split())}`"


def policy():
    rules = _table(
        ["bit", "rule", "dimension", "red when", "yellow when", "clause"],
        [[r.number, r.words, r.dimension, _code(r.red), _code(r.yellow), r.clause] for r in RULES],
    )
    derived = _table(["name", "means"], [[name, _code(sql)] for name, sql in DERIVED.items()])
    figures = _table(
        ["figure", "means", "unit", "default", "clause"],
        [
            [f":{p.name}", p.words, p.unit, "none" if p.default is None else p.default, p.clause]
            for p in PARAMETERS.values()
        ],
    )
    published = _table(
        ["figure", "territory", "from", "until", "value", "clause"],
        [[p.name, p.territory_code, p.since, p.until, p.value, p.clause] for p in PUBLISHED],
    )
    return (
        f"{NOTE}# The policy\n\nRed if red is true; else yellow if yellow is true; else not known"
        " if either is NULL; else none. Rule 6 is red only with yellow or worse in both other"
        " dimensions. The worst rule decides the tier; blue asks for a stable income besides.\n\n"
        f"## Rules\n\n{rules}\n## Derived facts\n\n{derived}\n## Figures\n\n{figures}\n"
        f"## Published figures\n\n{published}"
    )


def roles():
    head = ["role", "at", "sees", *ABILITIES]
    rows = [
        [
            role.name,
            ", ".join(str(Level(level).label) for level in role.levels),
            role.sees,
            *("yes" if ability in role.abilities else "" for ability in ABILITIES),
        ]
        for role in ROLES.values()
    ]
    return f"{NOTE}# Roles\n\nDrawn from `accounts/roles.py`.\n\n{_table(head, rows)}"


def procedures():
    chains = "\n".join(_procedure(procedure) for procedure in PROCEDURES.values())
    return (
        f"{NOTE}# Procedures\n\nDrawn from `monitoring/procedures.py`. Any reviewer may return a"
        " case with a reason; the submitter may withdraw it before the first review; nobody acts at"
        " two steps of one case; the level that decided it rolls it back. Limits are working days"
        f" (default: no document gives one for a single step).\n\n{chains}"
    )


def _procedure(procedure):
    several = len(procedure.variants) > 1
    drawn = "\n".join(_variant(variant, several) for variant in procedure.variants)
    title = capfirst(procedure.words)
    words = f"## {title}\n\nFor {subjects_of(procedure)} ({procedure.clause}).\n\n"
    return words + drawn


def _variant(variant, several):
    where = where_of(variant) or ("everywhere else" if several else "")
    table = _table(
        ["", "step", "level", "days", "what must be there", "what it does", "clause"],
        [
            [n, s.words, level_words(s), s.days, "; ".join(asks_of(s)), _done(s), s.clause]
            for n, s in enumerate(variant.steps, 1)
        ],
    )
    head = f"### Chain {where}\n\n" if where else ""
    return f"{head}{mermaid(variant)}\n{table}"


def _done(step):
    may_end = ["May be ended as not confirmed."] if step.may_refuse else []
    return " ".join([*does_of(step), *may_end])
