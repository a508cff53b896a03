"""Proof of a phone: six digits, five minutes, one use; the answer is the same for every phone."""

import datetime as dt
import re
import secrets
from hmac import compare_digest

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from doudi.clock.demo_mark import is_demo
from doudi.clock.time import real_now
from doudi.kernel.errors import Invalid, TooMany
from doudi.notices.models import PhoneCode
from doudi.notices.send import send
from doudi.notices.throttle import count
from doudi.vault.index import NORMALISERS, blind_index

MINUTES = 5
TRIES = 5
PHONE = re.compile(r"1[3-9][0-9]{9}")
DEMO_PHONE = re.compile(r"12[0-9]{9}")


def clean_phone(text: str) -> str:
    """Eleven digits of a mobile phone; Invalid otherwise. 12… exists on a demonstration only."""
    phone = NORMALISERS["phone"](text)
    if PHONE.fullmatch(phone) or (DEMO_PHONE.fullmatch(phone) and is_demo()):
        return phone
    raise Invalid({"phone": _("请填写11位手机号")})


def send_code(phone: str, *, address: str, language: str = "zh") -> None:
    """Sends a new code; Invalid for what is no phone, TooMany before 60 seconds are over."""
    phone = clean_phone(phone)
    with transaction.atomic():
        try:
            count("code.minute", phone)
            count("code.phone", phone)
            count("code.address", address)
        except TooMany as error:
            sentence = _("请等%(seconds)s秒后再发验证码") % {"seconds": error.again_in}
            raise TooMany(error.again_in, sentence) from None
        code = f"{secrets.randbelow(1_000_000):06d}"
        index = blind_index("phone", phone)
        PhoneCode.objects.create(phone_index=index, digest=_digest(index, code), made_at=real_now())
        send(
            "sms_code",
            to=phone,
            values={"code": code, "minutes": MINUTES},
            subject="phone",
            language=language,
        )


def check_code(phone: str, code: str, *, address: str) -> bool:
    """Whether these are the newest code's digits; five tries a code, and each code once."""
    count("guess.phone", phone)
    count("guess.address", address)
    index = blind_index("phone", phone)
    since = real_now() - dt.timedelta(minutes=MINUTES)
    newest = PhoneCode.objects.filter(phone_index=index).order_by("-made_at").first()
    if newest is None or newest.made_at < since:
        return False
    open_ = PhoneCode.objects.filter(pk=newest.pk, used_at=None, tries__lt=TRIES)
    if not open_.update(tries=F("tries") + 1):
        return False
    given = _digest(index, "".join(code.split()))
    if not compare_digest(newest.digest, given):
        return False
    return bool(PhoneCode.objects.filter(pk=newest.pk, used_at=None).update(used_at=real_now()))


def _digest(phone_index: str, code: str) -> str:
    return blind_index("token", f"{phone_index}:{code}")
