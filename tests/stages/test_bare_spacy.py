import subprocess
import sys

LOADED = """
import sys, pobratim
pobratim.load()
print([name for name in ("spacy.cli", "typer", "weasel") if name in sys.modules])
"""
AFTERWARDS = """
import pobratim
pobratim.load()
import spacy, spacy.cli
assert callable(spacy.cli.download)
print(spacy.info(silent=True)["spacy_version"] == spacy.__version__)
"""
BEFORE = """
import spacy, spacy.cli
import pobratim
pobratim.load()
import sys
print(sys.modules["spacy.cli"] is spacy.cli, spacy.info.__module__)
"""


def of_fresh_process(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def test_the_pipeline_does_without_spacys_command_line() -> None:
    assert of_fresh_process(LOADED) == "[]"


def test_spacys_command_line_is_there_for_whoever_imports_it_afterwards() -> None:
    assert of_fresh_process(AFTERWARDS) == "True"


def test_a_spacy_that_was_imported_before_is_left_as_it_is() -> None:
    assert of_fresh_process(BEFORE) == "True spacy.cli.info"
