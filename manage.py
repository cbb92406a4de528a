#!/usr/bin/env python
import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "povertywatch.settings")
    from django.core.management import execute_from_command_line

    from povertywatch.yielding import LONG_COMMANDS, give_way

    if LONG_COMMANDS.intersection(sys.argv[1:2]):
        give_way()
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
