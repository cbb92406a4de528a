"""Which project assets and projects a department is in charge of, and so reads (domain.md 1).

GZ 4.5 names agriculture 农业农村局 as the lead for all assets, and water 水利局 and housing 住建局
among those responsible; GZ 4.3.2 human resources 人社局 for workshops. Who leads which kind of
project is **default**, by the same documents: GZ 4.3.1 industry, 4.3.2 employment, XC 4.3.13
housing, 4.3.16 water, AH 5.4 relocation. A department without a row reads none.
"""

ALL = "all"
ASSETS = {
    "agriculture": ALL,
    "water": ("irrigation", "water"),
    "housing": ("building", "settlement", "road"),
    "human_resources": ("workshop",),
}
PROJECTS = {
    "agriculture": ("industry", "roads", "relocation"),
    "water": ("water",),
    "housing": ("housing",),
    "human_resources": ("employment",),
}


def kinds_of(post, table):
    """The kinds that the post's department reads; ``ALL`` for every kind."""
    return table.get(post.department, ()) if post.role_row.sees == "line" else ()


def of_line(rows, post, table):
    """Of rows with a ``kind``: those of the post's line of work, in its own division."""
    kinds = kinds_of(post, table)
    if not kinds:
        return rows.none()
    rows = rows.within(post.division)
    return rows if kinds == ALL else rows.filter(kind__in=kinds)
