"""What a figure may mean, from its marks alone."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pobratim.stages.quantities.figures import Figure, figure


@pytest.mark.parametrize(
    ("text", "decimal", "grouped"),
    [
        ("0", "0", None),
        ("7", "7", None),
        ("20161", "20161", None),
        ("17,3", "17.3", None),
        ("0,125", "0.125", None),
        ("19.47", "19.47", None),
        ("1118,13", "1118.13", None),
        ("1234,567", "1234.567", None),
        ("2,900", "2.900", "2900"),
        ("12.500", "12.500", "12500"),
        ("1,234,567", None, "1234567"),
        ("1.234.567", None, "1234567"),
        ("11,434.25", None, "11434.25"),
        ("1.234,56", None, "1234.56"),
        ("12,34,567", None, "1234567"),
    ],
)
def test_a_figure_has_the_readings_its_marks_allow(
    text: str, decimal: str | None, grouped: str | None
) -> None:
    assert figure(text) == Figure(
        Decimal(decimal) if decimal else None, Decimal(grouped) if grouped else None
    )


@pytest.mark.parametrize(
    "text", ["29.08.1910", "192.168.1.2", "05", "007", "1,23,45", "1.2.3", "0.0.1", "9" * 40]
)
def test_dates_addresses_versions_and_codes_are_no_figures(text: str) -> None:
    assert figure(text) is None


@given(st.integers(min_value=1000, max_value=10**12))
def test_thousands_parted_by_commas_are_read_back(number: int) -> None:
    found = figure(f"{number:,}")
    assert found is not None
    assert found.grouped == number


@given(st.integers(min_value=10**6, max_value=10**12), st.integers(min_value=1, max_value=99))
def test_points_for_thousands_and_a_decimal_comma_are_read_back(number: int, rest: int) -> None:
    found = figure(f"{number:,}".replace(",", ".") + f",{rest:02}")
    assert found is not None
    assert found.grouped == number + Decimal(rest) / 100
