import pytest

from pobratim.stages.calendar.openings import openings


@pytest.mark.parametrize(
    ("pattern", "symbols"),
    [
        ("[ab][c]", "ab"),
        ("[a]?[b]", "ab"),
        ("[a]*[b]{0,2}[c]", "abc"),
        ("[a]{1,3}[b]", "a"),
        ("(?:[a]|[b][c])[d]", "ab"),
        ("(?:[a]|[b]?)[d]", "abd"),
        ("(?P<y1>[a])?(?:[b])", "ab"),
        ("(?<![a])(?=[b])[c]", "c"),
        ("^[a]|[b]$", "ab"),
        (r"[\]\-\\][a]", "]-\\"),
    ],
)
def test_a_rule_begins_with_what_its_first_parts_allow(pattern: str, symbols: str) -> None:
    assert openings(pattern) == frozenset(symbols)


@pytest.mark.parametrize("pattern", ["[a]?", "(?=[a])", "[^a]", ".[a]", "a"])
def test_no_rule_may_match_nothing_or_anything(pattern: str) -> None:
    with pytest.raises(ValueError, match="rule"):
        openings(pattern)
