"""What is shown instead of a personal value."""

from doudi.kernel.sentences import Sentence

COMPOUND = ("欧阳", "上官", "司马", "诸葛", "夏侯", "皇甫", "尉迟", "万俟", "令狐", "长孙", "慕容")


def mask_name(name: str) -> str:
    """任建明 → 任*明; 张三 → 张*; 欧阳建国 → 欧阳*国: the surname and the last character stay."""
    family = name[:2] if name[:2] in COMPOUND and len(name) > 2 else name[:1]
    rest = name[len(family) :]
    if len(rest) <= 1:
        return family + "*" * len(rest)
    return family + "*" * (len(rest) - 1) + rest[-1]


def mask_id(number: str) -> str:
    """First three and last four digits of an ID number."""
    return f"{number[:3]}{'*' * max(len(number) - 7, 0)}{number[-4:]}" if number else ""


def mask_phone(number: str) -> str:
    """First three and last four digits of a phone number."""
    return f"{number[:3]}****{number[-4:]}" if number else ""


def mask_account(number: str) -> str:
    """Only the last four digits of an account."""
    return Sentence("尾号{tail}", tail=number[-4:]) if number else ""
