"""Hostile words in every field that takes words: shown as words, never as markup (F)."""

from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import cycle
from typing import Any

import pytest
from django.conf import settings
from django.utils.html import escape

from doudi.cases.actions.accept import accept
from doudi.cases.actions.answer_objection import answer_objection
from doudi.cases.actions.assess import assess
from doudi.cases.actions.object import object_to
from doudi.cases.actions.pause import pause, resume
from doudi.cases.actions.publish_notice import publish_notice
from doudi.cases.actions.record_appraisal import Tally, record_appraisal
from doudi.cases.actions.record_panel import Meeting, record_panel
from doudi.cases.actions.record_visit import Seen, record_visit
from doudi.cases.actions.review import review
from doudi.cases.models import Case
from doudi.cases.queries import pack
from doudi.clock.time import now, today
from doudi.demo import records
from doudi.demo.declare import Json
from doudi.demo.play import Office
from doudi.outbox.deliver import deliver_all
from tests.factories.cases import office, submitted
from tests.house.conftest import stood_up
from tests.house.scene import Scene, around, declared
from tests.house.test_masking import pages, text_of

pytestmark = pytest.mark.django_db
MARKUP = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(2)>',
    "</textarea><script>alert(3)</script>",
    "<svg/onload=alert(4)>",
    "</script><b onmouseover=alert(5)>",
    "'><a href=javascript:alert(6)>x</a>",
)
WORDS = (
    "{{7*7}}{% debug %}",
    "' OR 1=1 --",
    "=cmd|'/C calc'!A0",
    "\u202egpj.exe",
    '#panic("x") $x$ @y *z* // \\',
    "%s %(a)s {0.__class__}",
    "javascript:alert(7)",
)
CORPUS = (*MARKUP, *WORDS)
# Whoever sees words of a case, and one who sees only lists.
OFFICERS = ("town_clerk", "town_reviewer", "town_head", "county_officer", "county_finance")
READERS = ("anonymous", "owner", *(f"{role} home" for role in OFFICERS))


class Words:
    """Hostile words by turns, markup and others; shifted by one, each field gets the other kind."""

    def __init__(self, shift: int) -> None:
        kinds = (cycle(MARKUP), cycle(WORDS))
        self.turn = cycle(kinds if shift == 0 else kinds[::-1])

    def __call__(self) -> str:
        return next(next(self.turn))


def hostile(word: Words) -> Json:
    """The Ren family with hostile words wherever words can be typed."""
    declaration = declared()
    applicant, members = declaration["applicant"], declaration["members"]
    applicant |= {"name": word(), "address": word(), "registered_address": word()}
    applicant["bank"] |= {"bank": word(), "holder": word()}
    for person in members:
        person |= {"name": word(), "illness": word(), "school": word()}
    members[0]["name"] = applicant["name"]
    return declaration | {
        "reason": word(),
        "helper": {"name": word(), "phone": "12900000099", "relation": word(), "consent": True},
    }


def played(declaration: Json, word: Words) -> Case:
    """The case up to its notice, with hostile words from every officer and from an objector."""
    records.write(declaration)
    case = submitted(declaration)
    desk, ref = office(case.town), case.pk
    accept(ref, version=None, by=desk.clerk, at=now(), name_reason=word())
    deliver_all()
    _looked_into(case, desk, word)
    assess(ref, version=None, by=desk.clerk, at=now())
    names = [word(), word(), word()]
    record_panel(ref, Meeting(today(), names, word()), version=None, by=desk.clerk, at=now())
    review(ref, word(), version=None, by=desk.reviewer, at=now())
    publish_notice(ref, version=None, by=desk.clerk, at=now())
    notice = case.publicnotices.get()
    for _turn in range(2):
        objection = object_to(notice.pk, f"异议：{word()}", word(), at=now())
    answer_objection(objection.pk, False, word(), version=None, by=desk.head, at=now())
    deliver_all()
    case.refresh_from_db()
    return case


def _looked_into(case: Case, desk: Office, word: Words) -> None:
    """Visit, appraisal and a pause."""
    pair = (str(desk.clerk.pk), str(desk.reviewer.pk))
    seen = Seen(today(), pair, word(), "true", {"home": word(), "neighbours": word()})
    record_visit(case.pk, seen, version=None, by=desk.clerk, at=now())
    tally = Tally(today(), word(), 9, 9, 0, 9, 0, 0, 0, word(), "甲、乙", word())
    record_appraisal(case.pk, tally, version=None, by=desk.clerk, at=now())
    reason = pack().process_at(today()).pauses[0]
    pause(case.pk, reason, word(), version=None, by=desk.clerk, at=now())
    resume(case.pk, version=None, by=desk.clerk, at=now())


class Danger(HTMLParser):
    """Reads a page as a browser does and keeps whatever would run."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Inline scripts, handlers, script addresses, and the corpus's own elements."""
        given = {name: value or "" for name, value in attrs}
        runs = tag == "script" and not given.get("src", "").startswith(settings.STATIC_URL)
        handles = any(name.startswith("on") for name in given)
        leads = any(
            v.strip().lower().startswith("javascript:") for n, v in attrs if n in URLS and v
        )
        if runs or handles or leads or given.get("src") == "x":
            self.found.append(self.get_starttag_text() or tag)


URLS = ("href", "src", "action", "formaction")


def danger_in(answer: Any) -> list[str]:
    """What would run in an answer, or stands in it unescaped."""
    text = text_of(answer)
    if not answer["Content-Type"].startswith("text/html"):
        return []
    return Danger(text).found + [word for word in MARKUP if word in text]


@pytest.fixture(scope="module", params=[0, 1])
def attacked(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any, keys: None
) -> Iterator[Scene]:
    """A noticed case full of hostile words; the second time each field has the other kind."""

    def stage(_clock: object) -> Scene:
        word = Words(request.param)
        declaration = hostile(word)
        return around(played(declaration, word), declaration)

    with stood_up(django_db_blocker, stage) as built:
        yield built


@pytest.mark.parametrize("who", READERS)
def test_hostile_words_run_on_no_page_and_break_none(who, attacked):
    paths = list(pages(who, attacked))

    answers = {path: attacked.browsers[who].get(path) for path in paths}

    assert {p: a.status_code for p, a in answers.items() if a.status_code >= 500} == {}
    assert {p: found for p, a in answers.items() if (found := danger_in(a))} == {}


def test_the_hostile_words_are_really_shown(attacked):
    clerk, case = attacked.browsers["town_clerk home"], f"/desk/cases/{attacked.case.pk}/"

    text = "".join(clerk.get(f"{case}?tab={tab}").content.decode() for tab in TOLD)

    assert len([word for word in CORPUS if escape(word) in text]) > 6


TOLD = ("facts", "visits", "appraisal", "notice", "log")


@pytest.mark.parametrize("word", CORPUS, ids=range(len(CORPUS)))
def test_hostile_words_in_an_address_or_a_search_find_nothing_and_run_nowhere(word, attacked):
    clerk, anybody = attacked.browsers["town_clerk home"], attacked.browsers["anonymous"]
    case = f"/desk/cases/{attacked.case.pk}/"
    names = ("stage", "village", "light", "page", "mine", "all", "tab", "p", "deduct")
    asked = dict.fromkeys(names, word)

    found = clerk.post("/desk/find/", {"q": f"zz{word}"})
    answers = [
        found,
        *(clerk.get(path, asked) for path in ("/desk/", case, f"{case}assess/", "/desk/rolls/")),
        *(anybody.get(path, {"page": word, "v": word, "next": word}) for path in OPEN),
        anybody.post("/track/", {"secret": word}),
        anybody.post("/sign-in/", {"account": word, "password": word, "next": word}),
        anybody.post("/language/", {"language": word, "next": word}),
    ]

    assert [a.status_code for a in answers if a.status_code >= 500] == []
    assert [danger_in(a) for a in answers if danger_in(a)] == []
    assert attacked.case.number not in found.content.decode()


OPEN = ("/", "/notices/", "/track/sign-in/", "/sign-in/", "/know/")


def test_the_reader_finds_what_would_run():
    page = '<p onclick="x()">a</p><script>1</script><a href="JavaScript:x">b</a><img src=x>'

    assert len(Danger(page).found) == 4
    assert Danger('<script src="/static/ui/js/photos.js" defer></script><p>on</p>').found == []
