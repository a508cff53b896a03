"""Who asks: the family, an officer in each role at each place, and their browsers."""

import io
from types import SimpleNamespace

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from doudi.accounts.actions.declare_relative import declare_relative
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.models import Staff
from doudi.accounts.permissions import LEVELS, Role
from doudi.audit.actor import Actor
from doudi.clock.time import now, real_now
from doudi.demo.declare import Json
from doudi.ui.access import admit
from tests.factories.cases import id_number, ren_declaration, staff

STRANGER = "12900009999"


SYSTEM = Actor("system", "tests", "")


PLACES = {
    "town": {"home": "610702008", "sibling": "610702001", "other": "610722001"},
    "county": {"home": "610702", "other": "610722"},
    "city": {"home": "610700"},
    "village": {"home": "610702008001", "sibling": "610702001", "other": "610722001"},
}


ILLNESS = "演示尿毒症每周透析三次"


def declared() -> Json:
    """The Ren family, with an illness that no menu of the house knows."""
    declaration = ren_declaration()
    declaration["members"][1]["illness"] = ILLNESS
    return declaration


def numbers_of(declaration: Json) -> set[str]:
    """ID numbers, phones and accounts of the family."""
    members, bank = declaration["members"], declaration["applicant"]["bank"]
    found = {m[field] for m in members for field in ("id_number", "phone")}
    return (found | {bank["account"]}) - {""}


def names_of(declaration: Json) -> set[str]:
    """The family's names."""
    return {m["name"] for m in declaration["members"]}


def level_of(role: Role) -> str:
    """Where the role of the matrix stands: the narrowest place it may have, admins in a county."""
    levels = LEVELS[role]
    return next(k for k in ("village", "town", "county", "city") if k in levels)


def browser_of(person: Staff) -> Client:
    """A browser in which the officer passed both factors."""
    client = Client(raise_request_exception=False)
    session = client.session
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "doudi.gate.sessions.StaffBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session["mark"] = open_session(person, at=now())
    session["seen"] = real_now().timestamp()
    session.save()
    return client


def browser_of_phone(phone: str) -> Client:
    """A browser in which the phone was proved."""
    client = Client(raise_request_exception=False)
    session = client.session
    admit(SimpleNamespace(session=session), phone)
    session.save()
    client.cookies["sessionid"] = session.session_key
    return client


def a_photo() -> SimpleUploadedFile:
    """A small picture as a phone sends it."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(out, "JPEG")
    return SimpleUploadedFile("IMG.jpg", out.getvalue(), "image/jpeg")


def actors() -> dict[str, Staff]:
    """One officer in each role at each place where the role can stand."""
    return {
        f"{role.value} {where}": staff(f"{role.value}-{where}".replace("_", "."), role, region)
        for role in Role
        for where, region in PLACES[level_of(role)].items()
    }


def relative_of(person: Staff) -> str:
    """A brother whom the officer declared."""
    number = id_number("1973-01-01", 8)
    told = {"promised": True, "by": person, "at": now()}
    return str(declare_relative(person, "任不在", "兄弟姐妹", number, **told).pk)
