"""The exceptions, one small tree.

    PobratimError
    ├── InputError         an input that cannot be read: missing, unreadable, not text
    │   └── EmptyInputError  an input with no text in it
    ├── OutputError        a folder or file that cannot be written
    ├── LexiconError       a lexicon file that is not as its format says
    ├── EngineError        other machines, or storage, that a run cannot use
    ├── ModelError         a model that is missing or is not what was asked for
    ├── AnnotationError    gold or corrected output that breaks the guidelines' format
    └── EvaluationError    gold and system output that cannot be compared

Every message says what, where and what to do.
"""

MOST_MESSAGE = 1000
"""Characters of the message of an :class:`InputError`."""


class PobratimError(Exception):
    """The base of all errors raised on purpose; ``code`` is stable, the message is for people."""

    code = "error"


class InputError(PobratimError):
    """An input that cannot be read.

    The message is made one line that can be printed, whatever a library's words or a hostile name
    put into it.
    """

    code = "input"

    def __init__(self, message: str) -> None:
        line = " ".join("".join(ch if ch.isprintable() else " " for ch in message).split())
        super().__init__(line if len(line) <= MOST_MESSAGE else line[: MOST_MESSAGE - 1] + "…")


class EmptyInputError(InputError):
    """An input with no text in it."""

    code = "empty"


class OutputError(PobratimError):
    """A folder or file that cannot be written."""

    code = "output"


class LexiconError(PobratimError):
    """A lexicon file that is not as its format says."""

    code = "lexicon"


class EngineError(PobratimError):
    """Other machines, or storage, that a run cannot use."""

    code = "engine"


class ModelError(PobratimError):
    """A model that is missing or is not what was asked for."""

    code = "model"


class AnnotationError(PobratimError):
    """Gold or corrected output that breaks the guidelines' format."""

    code = "annotation"


class EvaluationError(PobratimError):
    """Gold and system output that cannot be compared."""

    code = "evaluation"
