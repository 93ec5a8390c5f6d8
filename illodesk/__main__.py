"""``python -m illodesk``."""

import sys

from illodesk.cli import main

if __name__ == "__main__":
    sys.exit(main())
