"""The ledgers 台账: filtered views of one register as it stood on a day (domain.md 5).

A ledger is a row of the tables beside this file: whose rows, which columns, by which clause. How a
day is read back is in ``reports/as_of.py``; only what was on record at its end is ever shown.
"""

from reports.ledgers import epidemic, helped, homes, insurance, people, projects, social, tiers

LEDGERS = {
    ledger.slug: ledger
    for table in (tiers, homes, people, helped, insurance, epidemic, social, projects)
    for ledger in table.LEDGERS
}
