"""What bench.insider plants, runs and counts; imported once the folder of the city is known."""

import argparse
import csv
import datetime as dt
import hashlib
import io
import random
import shutil
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import django

django.setup()

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import transaction  # noqa: E402

from doudi.accounts.actions.open_session import open_session  # noqa: E402
from doudi.accounts.models import Staff  # noqa: E402
from doudi.accounts.queries import actor_of  # noqa: E402
from doudi.audit.actor import SYSTEM  # noqa: E402
from doudi.audit.anchors import export_heads  # noqa: E402
from doudi.audit.journal import write  # noqa: E402
from doudi.audit.verifier import verify_database  # noqa: E402
from doudi.benefits.models import Award  # noqa: E402
from doudi.cases.actions.assess import assess  # noqa: E402
from doudi.cases.actions.confirm import confirm  # noqa: E402
from doudi.cases.actions.record_visit import Seen, record_visit  # noqa: E402
from doudi.cases.actions.return_case import return_case  # noqa: E402
from doudi.cases.actions.review import review  # noqa: E402
from doudi.cases.models import Case  # noqa: E402
from doudi.clock.moves import move_to  # noqa: E402
from doudi.clock.time import CHINA, now  # noqa: E402
from doudi.commands.demo import run as demo  # noqa: E402
from doudi.kernel.resident_id import check_digit  # noqa: E402
from doudi.people.models import Person  # noqa: E402
from doudi.supervision.actions.find_doubts import find_doubts  # noqa: E402
from doudi.supervision.models import Doubt  # noqa: E402
from doudi.verification.actions.add_agency_key import add_agency_key  # noqa: E402
from doudi.verification.actions.compare_register import compare_register  # noqa: E402
from doudi.verification.actions.take_delivery import message_of, take_delivery  # noqa: E402
from doudi.verification.models import Discrepancy  # noqa: E402

Row = dict[str, Any]
KEYS = {
    agency: Ed25519PrivateKey.from_private_bytes(mark * 32)
    for agency, mark in (("公安", b"7"), ("税务", b"8"))
}
MONDAY = dt.datetime(2022, 5, 9, 9, 0, tzinfo=CHINA)
ELSEWHERE = 400  # rows about people who are on no register, in each delivery


def play(home: Path, args: argparse.Namespace) -> Row:
    """Builds, plants, runs, counts."""
    words = ["--scale", str(args.scale), "--seed", str(args.seed)]
    if demo(words, io.StringIO(), sys.stderr):
        raise SystemExit("the city could not be built")
    dice = random.Random(args.seed)
    frauds = _frauds(dice, args.each)
    before = now() - dt.timedelta(days=40)
    planted = _behaviours(home)
    find_doubts(before, now() + dt.timedelta(days=1), at=now())
    compare_register("2022-06", by=SYSTEM, at=now())
    rows = [_behaviour(name, about, rule) for name, about, rule in planted]
    rows.append(_broken(home))
    rows += [_fraud(name, members, found, hidden) for name, members, found, hidden in frauds]
    known = {about for _n, abouts, _r in planted for about in abouts}
    known |= {f"award:{pk}" for _n, members, _f, _h in frauds for pk in members}
    return {
        "seed": args.seed,
        "scale": args.scale,
        "officers": Staff.objects.count(),
        "awards": Award.objects.count(),
        "planted": rows,
        "false alarms": _false(known),
    }


# --- the insider ---------------------------------------------------------------------------


def _looks(who: Staff, action: str, cases: list[Case], **detail: str) -> None:
    for case in cases:
        with transaction.atomic():
            write(
                action,
                actor=actor_of(who),
                subject=f"case:{case.pk}",
                chain=case.county,
                detail=detail,
            )


def _at(days: int, hour: int, minute: int = 0) -> None:
    """The clock goes forward only: where it is later already, it stays."""
    wanted = MONDAY + dt.timedelta(days=days, hours=hour - 9, minutes=minute)
    if wanted > now():
        move_to(wanted)


def _staff(account: str) -> Staff:
    return Staff.objects.get(account=account)


def _cases(town: str, stage: str = "") -> list[Case]:
    rows = Case.objects.filter(town=town).order_by("number")
    return list(rows.filter(stage=stage) if stage else rows)


QILI, LONGTOU, BAMIAO = "610702008", "610722101", "610728104"


def _behaviours(home: Path) -> list[tuple[str, list[str], str]]:
    """Eleven: what it is called, whom it is about, and its rule; the twelfth needs the file."""
    done: list[tuple[str, list[str], str]] = []
    for day, deed in enumerate(
        (
            _neighbours,
            _mass,
            _at_night,
            _own_case,
            _raised,
            _one_device,
            _kin_confirmed,
            _backdated,
            _lent,
            _printed,
            _swapped,
        )
    ):
        _at(day, 10)
        done.append(deed(day))
    export_heads()
    return done


def _neighbours(day: int) -> tuple[str, list[str], str]:
    who = _staff("hantai.check")
    _looks(who, "case.viewed", _cases(QILI)[:8], tab="facts")
    return "查看邻居、名人（没有经办）", [f"staff:{who.pk}"], "looks"


def _mass(day: int) -> tuple[str, list[str], str]:
    who = _staff("qili.clerk")
    for _ in range(4):
        _looks(who, "person.revealed", _cases(QILI)[:5], field="phone", member="m1")
    return "成批查看完整信息", [f"staff:{who.pk}"], "reveals"


def _at_night(day: int) -> tuple[str, list[str], str]:
    who = _staff("qili.head")
    _at(day, 23, 30)
    _looks(who, "case.viewed", _cases(QILI, "confirmed")[:2], tab="facts")
    _looks(who, "case.viewed", _cases(QILI, "refused")[:1], tab="facts")
    return "夜里查看", [f"staff:{who.pk}"], "night"


def _own_case(day: int) -> tuple[str, list[str], str]:
    who, case = _staff("longtou.clerk"), _cases(LONGTOU, "accepted")[0]
    who.id_number = case.application.declaration.open()["members"][-1]["id_number"]
    who.save()
    _looks(who, "case.viewed", [case], tab="facts")
    return "办自己家的事", [f"staff:{who.pk}"], "kin"


def _raised(day: int) -> tuple[str, list[str], str]:
    """Of the reviewed cases one whose household has an income that can be made to vanish."""
    earning = [c for c in _reviewed() if any(m["income"] for m in c.facts.open()["members"])]
    for case in earning:
        town = {QILI: "qili", LONGTOU: "longtou", BAMIAO: "bamiao"}[case.town]
        before = case.assessments.latest("at").monthly_fen
        return_case(case.pk, "金额再算一下", version=None, by=_staff(f"{town}.head"), at=now())
        fresh = Case.objects.get(pk=case.pk)
        facts = fresh.facts.open()
        for member in facts["members"]:
            member["income"] = []
        fresh.facts = facts
        fresh.save(update_fields=["facts"])
        made = assess(case.pk, version=None, by=_staff(f"{town}.clerk"), at=now())
        if made.monthly_fen > before:
            break
    return "审核后改高金额", [f"case:{case.pk}"], "raised"


def _reviewed() -> list[Case]:
    return [case for town in (QILI, LONGTOU, BAMIAO) for case in _cases(town, "reviewed")]


def _one_device(day: int) -> tuple[str, list[str], str]:
    case = _cases(QILI, "assessed")[0]
    clerk, reviewer = _staff("qili.clerk"), _staff("qili.review")
    open_session(clerk, at=now(), device="aaaaaaaaaaaa")
    assess(case.pk, version=None, by=clerk, at=now())
    _at(day, 10, 8)
    open_session(reviewer, at=now(), device="aaaaaaaaaaaa")
    review(case.pk, "情况属实，拟同意。", version=None, by=reviewer, at=now())
    return "一台电脑两个账号审核", [f"case:{case.pk}"], "device"


def _kin_confirmed(day: int) -> tuple[str, list[str], str]:
    head = _staff("bamiao.head")
    case = _cases(BAMIAO, "noticed")[0]
    member = case.application.declaration.open()["members"][0]
    notice = case.publicnotices.latest("until_on")
    over = dt.datetime.combine(notice.until_on, dt.time(10), CHINA) + dt.timedelta(days=1)
    if over > now():
        move_to(over)
    confirm(case.pk, version=None, by=head, at=now())
    head.relatives.create(
        name=member["name"], relation="兄弟", id_number=member["id_number"], declared_at=now()
    )
    return "给近亲属确认，事后才备案", [f"staff:{head.pk}"], "kin"


def _backdated(day: int) -> tuple[str, list[str], str]:
    case, clerk = _cases(LONGTOU, "accepted")[-1], _staff("longtou.clerk")
    pair = (str(clerk.pk), str(_staff("longtou.review").pk))
    on = max(now().date() - dt.timedelta(days=6), case.accepted_on)
    seen = Seen(on, pair, "本人", "true")
    record_visit(case.pk, seen, version=None, by=clerk, at=now())
    return "补记几天前的入户", [f"case:{case.pk}"], "backdated"


def _lent(day: int) -> tuple[str, list[str], str]:
    who = _staff("xujiaping.clerk")
    for minute, where in enumerate("bcb"):
        if minute:
            move_to(now() + dt.timedelta(minutes=5))
        open_session(who, at=now(), device=where * 12)
    return "账号借给别人用", [f"staff:{who.pk}"], "shared"


def _printed(day: int) -> tuple[str, list[str], str]:
    who = _staff("chenggu.check")
    _looks(who, "case.printed_in_full", _cases(LONGTOU)[:3], form="F09")
    return "没有需要的打印", [f"staff:{who.pk}"], "prints"


def _swapped(day: int) -> tuple[str, list[str], str]:
    award = Award.objects.filter(case_id__isnull=False, monthly_fen__gt=0).order_by("number")[0]
    award.account = "6210990099999999999"
    award.save()
    return "放行前改收款账户", [f"award:{award.pk}"], "swapped"


def _behaviour(name: str, abouts: list[str], rule: str) -> Row:
    found = Doubt.objects.filter(rule=rule, about__in=abouts).exists()
    return {"what": name, "by": rule, "planted": 1, "found": int(found), "promised": 1, "why": ""}


def _broken(home: Path) -> Row:
    """The owner of the database takes the newest entry of a chain away and mends the head."""
    source = Path(str(settings.DATABASES["default"]["NAME"]))
    copy = home / "stolen.sqlite3"
    with sqlite3.connect(source) as held, sqlite3.connect(copy) as into:
        held.backup(into)
    with sqlite3.connect(copy) as file:
        file.execute("DROP TRIGGER audit_entry_no_delete")
        last = "SELECT MAX(seq) FROM audit_entry WHERE chain = '610702'"
        file.execute(f"DELETE FROM audit_entry WHERE chain = '610702' AND seq = ({last})")  # noqa: S608
        kept = "SELECT seq, hash FROM audit_entry WHERE chain = '610702' ORDER BY seq DESC LIMIT 1"
        seq, hash_ = file.execute(kept).fetchone()
        file.execute("UPDATE audit_head SET seq = ?, hash = ? WHERE chain = '610702'", (seq, hash_))
    without = verify_database(str(copy)).breaks
    outside = verify_database(str(copy), Path(settings.DOUDI_ANCHORS)).breaks
    copy.unlink()
    why = "只有外存链头看得出来" if not without else ""
    found = int(bool(outside))
    name = "删掉日志最后一条并改好链头"
    return {"what": name, "by": "链头", "planted": 1, "found": found, "promised": 1, "why": why}


# --- frauds --------------------------------------------------------------------------------

Fraud = tuple[str, list[str], Callable[[set[str]], set[str]], tuple[int, str]]


def _frauds(dice: random.Random, each: int) -> list[Fraud]:
    """Five kinds; of each some that no rule can see, named with the reason."""
    awards = list(Award.objects.filter(programme="dibao", case_id=None).order_by("number"))
    chosen = dice.sample(awards, 5 * each + each)
    parts = [chosen[n * each : (n + 1) * each] for n in range(6)]
    _keys()
    few = each // 10
    cars = [(a, "2022-04-02") for a in parts[0][few:]]
    _deliver(
        "G03",
        "公安",
        [(_id(a), f"陕F{n:05d}", "小客车", "", day, "正常") for n, (a, day) in enumerate(cars)],
    )
    wages = parts[1][few:]
    _deliver(
        "G14", "税务", [(_id(a), "汉江商贸", "工资薪金", "2600.00", "0", "2022-05") for a in wages]
    )
    dead = parts[2][few:]
    _deliver("G04", "公安", [(_id(a), "死亡", "2022-04-20", "") for a in dead])
    split = _split(parts[3], parts[5], few)
    _shared(parts[4])
    return [
        ("瞒报车辆", _pks(parts[0]), _by_signal("X2"), (few, "登记在户外亲属名下")),
        ("瞒报工资", _pks(parts[1]), _by_signal("X3"), (few, "现金发放，没有申报个税")),
        ("死亡仍在册", _pks(parts[2]), _by_signal("X1"), (few, "死亡没有登记")),
        ("拆户", _pks(parts[3]), _by_rule("phone"), (split, "两户各用各的手机号")),
        ("几户一个账户", _pks(parts[4]), _by_rule("account"), (0, "")),
    ]


def _pks(awards: list[Award]) -> list[str]:
    return [str(a.pk) for a in awards]


def _id(award: Award) -> str:
    return str(award.payee.id_number.open())


def _keys() -> None:
    settings.DOUDI_LAKE.mkdir(parents=True, exist_ok=True)
    for agency, key in KEYS.items():
        add_agency_key(agency, key.public_key().public_bytes_raw().hex(), by=SYSTEM, at=now())


HEADINGS = {
    "G03": "证件号码,号牌,车辆类型,品牌,登记日期,状态",
    "G04": "证件号码,状态,起始日期,截止日期",
    "G14": "证件号码,扣缴单位,所得项目,收入额,税款,所属期",
}
ORDINARY: dict[str, tuple[str, ...]] = {
    "G03": ("陕F{n:05d}", "小客车", "", "2018-05-01", "正常"),
    "G04": ("在册", "2015-01-01", ""),
    "G14": ("汉江商贸", "工资薪金", "3100.00", "0", "2022-05"),
}


def _deliver(item: str, agency: str, planted: list[tuple[str, ...]]) -> None:
    """A signed delivery: the planted rows among those of people on no register."""
    rows = list(planted)
    for n in range(ELSEWHERE):
        body = f"61079919{60 + n % 40:02d}0{1 + n % 9}1{n // 40:01d}{900 + n % 99:03d}"
        rows.append((body + check_digit(body), *(v.format(n=90000 + n) for v in ORDINARY[item])))
    rows.sort(key=lambda row: hashlib.sha256(row[0].encode()).hexdigest())
    folder = Path(settings.DOUDI_HOME) / "in"
    folder.mkdir(exist_ok=True)
    path = folder / f"{item}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(HEADINGS[item] + "\n")
        csv.writer(file).writerows(rows)
    manifest: Row = {
        "item": item,
        "agency": agency,
        "period": "2022-05",
        "sequence": 1,
        "rows": len(rows),
        "sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
    }
    manifest["signature"] = KEYS[agency].sign(message_of(manifest)).hex()
    take_delivery(path, manifest, by=SYSTEM, at=now())
    shutil.rmtree(folder)


def _split(homes: list[Award], others: list[Award], few: int) -> int:
    """The second home of each pair; most keep the family's phone, some think of that too."""
    careful = 4 * few
    for number, (one, two) in enumerate(zip(homes, others, strict=True)):
        if number >= careful:
            Person.objects.get(pk=two.payee_id)
            payee = two.payee
            payee.phone = one.payee.phone.open()
            payee.save()
    return careful


def _shared(awards: list[Award]) -> None:
    """Four unrelated households each on one account."""
    for number, award in enumerate(awards):
        award.account = f"621099007777{number // 4:07d}"
        award.save()


def _by_signal(signal: str) -> Callable[[set[str]], set[str]]:
    def found(members: set[str]) -> set[str]:
        homes = {str(d.household_id) for d in Discrepancy.objects.all() if signal in d.signals}
        rows = Award.objects.filter(pk__in=members).values_list("pk", "household_id")
        return {str(pk) for pk, home in rows if str(home) in homes}

    return found


def _by_rule(rule: str) -> Callable[[set[str]], set[str]]:
    def found(members: set[str]) -> set[str]:
        named = {t for d in Doubt.objects.filter(rule=rule) for t in d.things}
        return {pk for pk in members if f"award:{pk}" in named}

    return found


def _fraud(
    name: str, members: list[str], found: Callable[[set[str]], set[str]], hidden: tuple[int, str]
) -> Row:
    seen = len(found(set(members)))
    return {
        "what": name,
        "by": "比对" if name in ("瞒报车辆", "瞒报工资", "死亡仍在册") else "疑点规则",
        "planted": len(members),
        "found": seen,
        "promised": len(members) - hidden[0],
        "why": hidden[1] if seen < len(members) else "",
    }


def _false(known: set[str]) -> Row:
    """Doubts about nobody who was planted; a pair of households counts once."""
    other = [d for d in Doubt.objects.all() if d.about not in known and not known & set(d.things)]
    by_rule: dict[str, int] = {}
    for doubt in other:
        by_rule[doubt.rule] = by_rule.get(doubt.rule, 0) + 1
    return {"all": len(other), **by_rule}


def table(figures: Row) -> str:
    """The figures as the page of the docs shows them."""
    lines = [
        f"seed {figures['seed']}, scale {figures['scale']}, {figures['officers']} officers,"
        f" {figures['awards']} awards",
        "",
        "| 行为 / 造假 | 靠什么发现 | 埋入 | 发现 | 漏掉 | 漏掉的原因 |",
        "|---|---|---|---|---|---|",
    ]
    for row in figures["planted"]:
        missed = row["planted"] - row["found"]
        lines.append(
            f"| {row['what']} | {row['by']} | {row['planted']} | {row['found']} | {missed}"
            f" | {row['why']} |"
        )
    alarms = "、".join(f"{k} {v}" for k, v in figures["false alarms"].items())
    return "\n".join([*lines, "", f"误报 / false alarms: {alarms}"])
