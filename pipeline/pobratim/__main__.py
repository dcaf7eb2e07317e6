"""``python -m pobratim``: the command line."""

from pobratim.cli import app

app()
