#!/usr/bin/env python
"""The door for commands: `./run manage COMMAND …`."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dianping.config.settings")
    from dianping.config.entrance import Entrance

    Entrance(sys.argv).execute()


if __name__ == "__main__":
    main()
