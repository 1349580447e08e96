#!/usr/bin/env python
"""The door for commands: `./run manage COMMAND …`."""

import os
import sys


def main() -> None:
    os.umask(0o077)  # what is written is its owner's alone, the database and its journal too
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dianping.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
