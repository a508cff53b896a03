"""A held roll says what it was held against, in words that are true of a first month too."""

import pytest
from django.template.loader import render_to_string

from doudi.benefits.file import Before
from doudi.benefits.models import Roll

SAME, MORE = 1_250, 31_000  # basis points of the households that were paid before


def told(share, is_old_system):
    """The side of a held roll's page."""
    roll = Roll(county="610702", month="2022-06", held=True, changed_share=share)
    return render_to_string(
        "desk/parts/roll_side.html",
        {
            "roll": roll,
            "changes": {"before": Before(100_00, is_old_system)},
            "share": f"{share // 100}.{share % 100:02d}%",
            "more_than_all": share > 10_000,
            "stages": [],
        },
    )


def test_a_first_roll_is_told_against_the_old_systems_last_payment(db):
    page = told(SAME, True)

    assert "与原系统最后一次发放不同的户，相当于当时户数的12.50%" in page
    assert "上月" not in page


def test_a_later_roll_is_told_against_the_month_before(db):
    assert "与上月不同的户，相当于上月户数的12.50%" in told(SAME, False)


@pytest.mark.parametrize("is_old_system", [True, False])
def test_nobody_reads_of_several_hundred_per_cent(is_old_system, db):
    page = told(MORE, is_old_system)

    assert "310" not in page
    assert "还多，超过上限" in page
