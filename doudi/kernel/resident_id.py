"""The 18-digit citizen number (GB 11643): check digit, birth date, sex, masking."""

import datetime as dt
import re
import unicodedata

WEIGHTS = tuple(2**n % 11 for n in range(17, 0, -1))
CHECK = "10X98765432"
SHAPE = re.compile(r"[1-9][0-9]{16}[0-9X]")
OLD_SHAPE = re.compile(r"[1-9][0-9]{14}")
DEMO_PREFIX = "610799"


class ResidentIdError(ValueError):
    """The text is no citizen number; the sentence says what is wrong with it."""


def check_digit(body: str) -> str:
    """The last character that belongs to 17 digits."""
    return CHECK[sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True)) % 11]


def normalise(text: str) -> str:
    """Full-width to ordinary, no blanks, capital X, 15 digits to 18 (the century 19 assumed)."""
    number = "".join(unicodedata.normalize("NFKC", text).split()).upper()
    if OLD_SHAPE.fullmatch(number):
        body = number[:6] + "19" + number[6:]
        return body + check_digit(body)
    return number


def parse(text: str, *, on: dt.date | None = None, demo: bool = False) -> str:
    """The normalised number; ResidentIdError says what is wrong. Demo numbers only on asking."""
    number = normalise(text)
    if not SHAPE.fullmatch(number):
        raise ResidentIdError("身份证号应为18位（末位可以是X）")
    if check_digit(number[:17]) != number[17]:
        raise ResidentIdError("身份证号的校验位不对，请核对是否输错")
    if birth_date(number) > (on or dt.date.max) or birth_date(number).year < 1880:
        raise ResidentIdError("身份证号中的出生日期不对")
    if number.startswith(DEMO_PREFIX) and not demo:
        raise ResidentIdError("这是演示用号码，正式系统不能使用")
    return number


def birth_date(number: str) -> dt.date:
    """Its birth date; ResidentIdError when there is no such day."""
    try:
        return dt.date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        raise ResidentIdError("身份证号中的出生日期不对") from None


def sex(number: str) -> str:
    """`male` or `female`, by the 17th digit."""
    return "male" if int(number[16]) % 2 else "female"
