"""``python -m households.national.reading_child FILE``: the rows of a workbook to standard output.

Runs with limits of its own and without Django. Chunks of rows are written by ``marshal``, every
cell as text. What stops it is one word on standard error.
"""

import marshal
import resource
import sys
from collections import defaultdict
from datetime import date, datetime

from households.national.words import BY_HEADER, plain_header

CHUNK = 250
MOST_MEMORY = 3 * 1024**3
MOST_SECONDS = 240
MOST_CELLS_MERGED = 2_000_000


def main(path):
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    import python_calamine

    try:
        book = python_calamine.CalamineWorkbook.from_path(path)
        write(the_sheet(book))
    except python_calamine.PasswordError:
        sys.exit("password")
    except python_calamine.CalamineError:
        sys.exit("damaged")
    except MemoryError:
        sys.exit("large")


def the_sheet(book):
    """The visible sheet with a header; two of them are a refusal, not a guess."""
    visible = [sheet.name for sheet in book.sheets_metadata if "Visible" in str(sheet.visible)]
    found = []
    for name in visible or book.sheet_names:
        sheet = book.get_sheet_by_name(name)
        if sheet.total_height and (hits := header_cells(sheet)):
            found.append((hits, sheet))
    if sum(hits >= 4 for hits, _sheet in found) > 1:
        sys.exit("sheets")
    if not found:
        sys.exit("empty")
    return max(found, key=lambda pair: pair[0])[1]


def header_cells(sheet):
    best = 1  # a sheet with anything in it may be the one
    for place, row in enumerate(sheet.iter_rows()):
        if place >= 15:
            break
        best = max(best, sum(plain_header(as_text(cell)) in BY_HEADER for cell in row))
    return best


def write(sheet):
    merged, chunk = spread(sheet), []
    for place, cells in enumerate(sheet.iter_rows()):
        row = [cell if type(cell) is str else as_text(cell) for cell in cells]
        for column, value in merged.get(place, ()):
            if not row[column]:
                row[column] = value
        chunk.append(row)
        if len(chunk) == CHUNK:
            sys.stdout.buffer.write(marshal.dumps(chunk))
            chunk = []
    sys.stdout.buffer.write(marshal.dumps(chunk))


def spread(sheet):
    """What merged cells say in the rows that they cover: {row: [(column, text)]}.

    Rows count from the top of the sheet, columns from the first that holds something.
    """
    ranges = sheet.merged_cell_ranges or []
    first = sheet.start[1]
    tall = [
        (top, left - first, min(bottom, sheet.end[0]))
        for (top, left), (bottom, _right) in ranges
        if bottom > top and first <= left <= sheet.end[1]
    ]
    if sum(bottom - top for top, _left, bottom in tall) > MOST_CELLS_MERGED:
        return {}
    tops, found = defaultdict(list), defaultdict(list)
    for top, left, bottom in tall:
        tops[top].append((left, bottom))
    for place, cells in enumerate(sheet.iter_rows() if tops else ()):
        for left, bottom in tops.get(place, ()):
            for row in range(place + 1, bottom + 1):
                found[row].append((left, as_text(cells[left])))
    return found


def as_text(cell):
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        if abs(cell) >= 1e15:  # Excel keeps 15 digits: the rest is lost
            return f"{cell:.5E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat(" ") if isinstance(cell, datetime) else cell.isoformat()
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    main(sys.argv[1])
