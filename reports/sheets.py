"""Workbooks of one sheet are written in the room of jobs."""

from jobs.sheets import Sheet, write_sheet

__all__ = ["Sheet", "write_sheet"]
