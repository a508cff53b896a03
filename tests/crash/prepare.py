"""Makes an empty demo city with drafts that lack only the press on the button (own process)."""

import datetime as dt
import json
import os
import secrets
import sys
from base64 import b64encode

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.local")
django.setup()

from django.contrib.sessions.backends.db import SessionStore
from django.urls import reverse

from doudi.cases.actions.save_draft import save_draft
from doudi.cases.actions.start_draft import start_draft
from doudi.clock.time import now, real_now, refresh
from doudi.demo.declare import declaration, member
from doudi.demo.dice import Dice
from doudi.notices.models import PhoneCode
from doudi.notices.phone_codes import _digest
from doudi.regions.models import Region
from doudi.ui.access import SEAL
from doudi.vault.index import blind_index
from doudi.vault.seal import seal_bytes

CODE = "246810"
AHEAD = dt.timedelta(hours=2)  # codes and sessions must outlast a thousand kills


def one(dice: Dice, village: Region) -> dict[str, object]:
    """A single person's draft, her session and her code."""
    born = dice.born(30, 60, now().date())
    number, phone = dice.id_number(born, "female"), dice.phone()
    name = dice.name("female")
    applicant = {
        "name": name,
        "id_number": number,
        "phone": phone,
        "region": village.code,
        "address": "演示住址",
        "registered_region": village.code,
        "area": village.area,
        "bank": {"bank": "演示农商银行", "account": "6210990000000000012", "holder": name},
    }
    family = declaration(applicant, [member("m1", "self", name, number, phone)], reason="生活困难")
    draft = start_draft(phone, at=now())
    save_draft(draft, family, 7, at=now())
    index = blind_index("phone", phone)
    made_at = real_now() + AHEAD
    PhoneCode.objects.create(phone_index=index, digest=_digest(index, CODE), made_at=made_at)
    session = SessionStore()
    sealed = b64encode(seal_bytes(phone.encode(), SEAL)).decode()
    session["resident"] = {"phone": sealed, "at": made_at.timestamp()}
    session.create()
    token = secrets.token_hex(16)
    return {
        "draft": str(draft.pk),
        "cookies": f"sessionid={session.session_key}; csrftoken={token}",
        "csrf": token,
        "path": reverse("portal:apply_submit"),
        "receipts": reverse("portal:receipt", args=[draft.pk]).removesuffix(f"{draft.pk}/"),
        "form": {"draft": str(draft.pk), "name": name, "code": CODE, "agreed": "on"},
    }


def main(count: int, seed: int) -> None:
    """One JSON line a draft on standard output."""
    refresh()
    dice = Dice(seed)
    village = Region.objects.get(pk="610702008001")
    for _ in range(count):
        sys.stdout.write(json.dumps(one(dice, village)) + "\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
