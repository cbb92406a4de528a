"""The demo's register: two made-up counties' worth of households and, by hand, a village's stories.

Everything is dated back from the day on which it is loaded, so that visits are due today.
"""
