"""The evaluation's own packages stand beside the program, outside its source root."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "eval"))
