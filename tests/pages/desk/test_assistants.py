"""协理员 on the desk: the town's own list, two forms, few queries."""

import pytest

from doudi.accounts.models import Post, Staff, Training
from doudi.clock.time import now, today
from tests.factories.cases import VILLAGE

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(clock, city):
    """An account without a post."""
    return Staff.objects.create(account="he", name="何小妹", created_at=now())


def test_an_assistant_is_appointed_trained_and_ended_on_one_page(
    person, town, sign_in, django_assert_max_num_queries
):
    browser, day = sign_in(town.head), today().isoformat()
    told = {"account": "he", "village": VILLAGE, "from_on": day, "until_on": "2023-05-08"}
    lesson = {"staff": person.pk, "course": "政策", "on": day, "hours": 8}

    appointed = browser.post("/desk/assistants/", {"form": "appoint"} | told)
    trained = browser.post("/desk/assistants/", {"form": "train"} | lesson)
    with django_assert_max_num_queries(12):
        page = browser.get("/desk/assistants/").content.decode()
    ended = browser.post(f"/desk/assistants/{Post.objects.get(staff=person).pk}/end/")

    assert [a.status_code for a in (appointed, trained, ended)] == [302, 302, 302]
    assert "8 / 8" in page
    assert Training.objects.get().recorded_by == town.head.name
    assert Post.objects.get(staff=person).until_on == today()


def test_what_is_missing_is_said_beside_its_field(person, town, sign_in):
    answer = sign_in(town.head).post(
        "/desk/assistants/", {"form": "appoint", "account": "nobody", "village": VILLAGE}
    )

    assert answer.status_code == 422
    assert not Post.objects.filter(staff=person).exists()
