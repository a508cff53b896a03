"""One draw a month and county, that holds when it is repeated and cannot be changed."""

import pytest

from doudi.audit.models import Entry
from doudi.clock.time import now
from doudi.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from doudi.outbox.deliver import deliver_all
from doudi.supervision import queries
from doudi.supervision.actions.draw_sample import draw_sample
from doudi.supervision.models import Check, Draw

pytestmark = pytest.mark.django_db
COUNTY, MONTH = "610702", "2022-05"


def test_the_months_new_cases_are_drawn_with_a_check_for_each(confirmed, county):
    made = draw_sample(COUNTY, MONTH, "new", by=county.first, at=now())

    check = Check.objects.get()
    assert (check.case, check.draw, check.state) == (confirmed, made, "open")
    assert made.numbers == [confirmed.number]
    assert made.share == 3000
    assert queries.holds(made)
    assert Entry.objects.filter(action="supervision.drawn").exists()


def test_running_awards_are_drawn_too(confirmed, county):
    deliver_all()

    made = draw_sample(COUNTY, "2022-06", "stock", by=county.first, at=now())

    assert made.numbers == [confirmed.number]


def test_a_month_is_drawn_once(confirmed, county):
    draw_sample(COUNTY, MONTH, "new", by=county.first, at=now())

    with pytest.raises(Conflict):
        draw_sample(COUNTY, MONTH, "new", by=county.second, at=now())

    assert Draw.objects.count() == 1


def test_a_month_without_cases_says_so(county):
    with pytest.raises(Invalid) as refusal:
        draw_sample(COUNTY, "2021-01", "new", by=county.first, at=now())

    assert "没有可以抽查" in str(refusal.value)


@pytest.mark.parametrize("who", ["other", "bureau", "head"])
def test_nobody_but_the_own_county_draws(confirmed, county, who):
    with pytest.raises(NotAllowed):
        draw_sample(COUNTY, MONTH, "new", by=getattr(county, who), at=now())

    assert not Draw.objects.exists()


def test_a_population_that_somebody_thinned_out_no_longer_holds(confirmed, county):
    made = draw_sample(COUNTY, MONTH, "new", by=county.first, at=now())

    made.numbers = ["SQ1", *made.numbers]

    assert not queries.holds(made)


def test_another_county_does_not_find_it(confirmed, county):
    made = draw_sample(COUNTY, MONTH, "new", by=county.first, at=now())

    with pytest.raises(NotFound):
        queries.draw_for(made.pk, county.other)

    assert queries.draws(county.other) == []
    assert [d.pk for d in queries.draws(county.bureau)] == [made.pk]
