"""Words without tags, for rules that need none."""

from collections.abc import Callable

import pytest
import spacy

from pobratim.stages.tokens import Tokenizer
from pobratim.stages.workspace import Workspace, workspace


@pytest.fixture(scope="session")
def words() -> Callable[[str], Workspace]:
    """A function from text to its untagged workspace."""
    tokenizer = Tokenizer(spacy.blank("xx").vocab)
    return lambda text: workspace(tokenizer(text))
