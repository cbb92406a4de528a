"""Incomes and rigid expenditure of twelve months, made to fit who works in a household."""

from math import exp

KINDS = ("wage", "business", "property", "transfer", "expenses")
RIGID = ("medical", "schooling", "housing", "disaster_repair")


def per_head(rng, listed):
    """Net income per head: in the middle 12,000, under 5,000 for two or three of 100."""
    return (8600 if listed else 13100) * exp(rng.gauss(0, 0.36))


def statement(rng, members, net):
    """Amounts in yuan whose net is ``net``; wages only where somebody works."""
    works = sum(1 for member in members if member["work_months"])
    able = any(member["labour"] in ("skilled", "ordinary") for member in members)
    farms = able and (not works or rng.random() < 0.35)
    shares = {
        "wage": works * rng.uniform(2, 4),
        "business": max(works, 1) * rng.uniform(1, 3) if farms else 0,
        "property": rng.uniform(0.02, 0.2),
        "transfer": rng.uniform(0.2, 0.9) if able else rng.uniform(1.5, 3),
    }
    whole = sum(shares.values())
    made = {kind: net * share / whole for kind, share in shares.items()}
    enough = 3200 * len(members)  # a farm too small to live on is given up for its wages
    if works and made["business"] and made["business"] < enough and rng.random() < 0.93:
        made["wage"], made["business"] = made["wage"] + made["business"], 0
    made["expenses"] = made["business"] * rng.uniform(0.1, 0.35)
    made["business"] += made["expenses"]
    return made


def rigid(rng, members, net, part):
    """Expenditure that cannot be put off, ``part`` of net income, mostly for who causes it."""
    pupils = sum(1 for member in members if member["school"] not in ("none", ""))
    schooling = min(part * net * 0.6, pupils * rng.uniform(600, 3000))
    return {
        "medical": part * net - schooling,
        "schooling": schooling,
        "housing": 0,
        "disaster_repair": 0,
    }


def money(rng, members, *, listed, low=False, drop=False, rise=False, rigid_part=None):
    """This window's amounts and those of the window before it."""
    head = rng.uniform(3200, 4800) if low else max(per_head(rng, listed), 2600)
    net = head * len(members)
    if rigid_part is None:
        rigid_part = min(rng.lognormvariate(-2.2, 0.6), 0.45)
    now = statement(rng, members, net)
    now |= rigid(rng, members, net, rigid_part)
    back = 1 / rng.uniform(0.55, 0.68) if drop else rng.uniform(0.86, 0.95)
    rigid_back = rng.uniform(0.4, 0.7) if rise else rng.uniform(0.85, 1.15)
    before = {kind: now[kind] * back for kind in KINDS}
    before |= {kind: now[kind] * rigid_back for kind in RIGID}
    return now, before
