"""``python -m govdocs`` is ``govdocs``."""

import sys

from govdocs.cli import main

if __name__ == "__main__":
    sys.exit(main())
