import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models/ner"))
sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "models/learned"))
