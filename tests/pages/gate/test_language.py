"""Chinese or English: the browser's wish, a switch, Chinese when unsure."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("wish", "language"),
    [("zh-CN,zh;q=0.9", "zh-hans"), ("en-GB,en", "en"), ("fr", "zh-hans"), ("", "zh-hans")],
)
def test_the_browser_decides_and_chinese_when_unsure(client, city, wish, language):
    page = client.get("/sign-in/", headers={"accept-language": wish})

    assert page.headers["Content-Language"] == language


def test_the_switch_is_remembered(client, city):
    answer = client.post("/language/", {"language": "en", "next": "/sign-in/"})

    page = client.get("/sign-in/", headers={"accept-language": "zh-CN"})

    assert answer.url == "/sign-in/"
    assert page.headers["Content-Language"] == "en"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "x"])
def test_the_switch_never_leads_away(client, city, target):
    answer = client.post("/language/", {"language": "en", "next": target})

    assert answer.url == "/"


def test_an_unknown_language_changes_nothing(client, city):
    answer = client.post("/language/", {"language": "tlh", "next": "/sign-in/"})

    assert "django_language" not in answer.cookies


def test_the_switch_needs_a_post(client, city):
    assert client.get("/language/?language=en").status_code == 405
