"""The figures, a module for each topic; ``reports/figures/table.py`` puts them together."""
