"""Stands the database up once, before the process that tries the controls is forked."""

import pytest

from doudi.regions.models import Region


@pytest.mark.django_db
def test_the_city_stands():
    counties = Region.objects.filter(level="county")

    assert counties.count() == 11
