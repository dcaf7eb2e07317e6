"""``python -m pobratim.review`` is ``pobratim review``."""

import sys

from pobratim.cli import app

if __name__ == "__main__":
    app(["review", *sys.argv[1:]], prog_name="pobratim")
