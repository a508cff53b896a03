"""`doudi assess FILE`: findings for the households of a file; needs no database."""

import argparse
import datetime as dt
import json
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from config.env import ROOT, read
from doudi.kernel.money import plain_fen, yuan_text
from doudi.policy.assess import assess
from doudi.policy.book import NotInForce, UnknownCounty
from doudi.policy.facts import parse_household
from doudi.policy.pack import Pack, load_pack
from doudi.policy.reader import DATE, FactError, object_of
from doudi.policy.wording import confidence_name, outcome_name, programme_name, sentence

MOST_BYTES = 200_000_000


class BadFile(ValueError):
    """The file as a whole cannot be read; the message is one clear sentence."""


@dataclass(frozen=True)
class Entry:
    """One household of the file; `broken` says why it is none."""

    thing: Any
    broken: str = ""


def run(argv: list[str], stdout: TextIO, stderr: TextIO) -> int:
    """Exit 0 when every case was assessed, 1 when one was not, 2 for wrong usage."""
    parser = argparse.ArgumentParser(prog="doudi assess", description=__doc__)
    parser.add_argument("file", help="JSON object, list or JSON lines; - for standard input")
    parser.add_argument("--on", type=_day, help="assess on this day instead of the file's")
    parser.add_argument("--explain", action="store_true", help="with every step and parameter")
    parser.add_argument("--json", action="store_true", help="machine-readable")
    args = parser.parse_args(argv)
    pack = load_pack(ROOT / "doudi" / "packs" / read().pack)
    try:
        entries, single = _entries(_text(args.file))
    except BadFile as error:
        stderr.write(f"doudi assess: {error}\n")
        return 1
    results = [_one(entry, pack, args) for entry in entries]
    for number, result in enumerate(results, 1):
        if "error" in result:
            who = result["case"] or f"第{number}条"
            stderr.write(f"{who}: {result['error']['path']}: {result['error']['message']}\n")
    if args.json:
        answer = results[0] if single else results
        stdout.write(json.dumps(answer, ensure_ascii=False, indent=1) + "\n")
    else:
        for result in results:
            _tell(result, stdout)
    return 1 if any("error" in result for result in results) else 0


def _day(text: str) -> dt.date:
    try:
        if DATE.fullmatch(text):
            return dt.date.fromisoformat(text)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is no day like 2022-06-01")


def _text(name: str) -> str:
    """The file as text; BadFile where it cannot be read or is no UTF-8."""
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadFile(f"打不开文件 {_printable(name)}（{reason}）") from None
    if len(raw) > MOST_BYTES:
        raise BadFile("文件超过200兆，请分成几份")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"文件不是UTF-8编码（第{error.start + 1}个字节起），请另存为UTF-8") from None


def _entries(text: str) -> tuple[list[Entry], bool]:
    """The households of a file, and whether it is a single object."""
    if not text.strip():
        raise BadFile("文件是空的")
    whole = _entry(text)
    if not whole.broken:
        if isinstance(whole.thing, list):
            return [Entry(thing) for thing in whole.thing], False
        return [whole], True
    lines = [_entry(line) for line in text.splitlines() if line.strip()]
    if lines[0].broken or not isinstance(lines[0].thing, dict) or len(lines) == 1:
        raise BadFile(f"文件不是JSON:{whole.broken}")
    return lines, False


def _entry(text: str) -> Entry:
    """JSON as an entry; a broken one keeps its reason."""
    try:
        return Entry(json.loads(text, object_pairs_hook=object_of))
    except json.JSONDecodeError as error:
        return Entry(None, f"第{error.lineno}行第{error.colno}列，{error.msg}")
    except RecursionError:
        return Entry(None, "嵌套层数太多")
    except ValueError:
        return Entry(None, "数字太长")


def _one(entry: Entry, pack: Pack, args: argparse.Namespace) -> dict[str, Any]:
    """The answer for one household, or its error."""
    thing = entry.thing
    case = thing.get("case") if isinstance(thing, dict) else None
    try:
        if entry.broken:
            raise FactError("", f"不是JSON:{entry.broken}")
        facts = parse_household(thing, args.on)
        book = pack.book.at(facts.on, facts.county, facts.area)
        return assess(facts, book, explain=args.explain).to_json(args.explain)
    except FactError as error:
        path, message = _printable(error.path), error.message
    except NotInForce:
        path, message = "on", "NotInForce: 这一天还没有可用的政策标准"
    except UnknownCounty:
        path, message = "region", "这个县区不在本政策包之内"
    known = _printable(case) if isinstance(case, str) else None
    return {"case": known, "error": {"path": path, "message": message}}


def _printable(text: str) -> str:
    """Text that any terminal and any JSON reader can take, at most 200 characters."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text[:200])


def _tell(result: dict[str, Any], out: TextIO) -> None:
    if "error" in result:
        return
    advised = programme_name(result["recommended"]) if result["recommended"] else "无"
    out.write(f"\n{result['case']}  {result['on']}  建议：{advised}\n")
    for finding in result["findings"]:
        yuan = finding["monthly_yuan"] or finding["one_off_yuan"]
        amount = f"  {yuan_text(plain_fen(yuan))} 元" if yuan else ""
        name, outcome = programme_name(finding["programme"]), outcome_name(finding["outcome"])
        out.write(f"  {name}：{outcome}{amount}\n")
        for who, fen in finding.get("per_person", {}).items():
            out.write(f"    {who}：{yuan_text(plain_fen(fen))} 元\n")
        for reason in finding["reasons"]:
            words = sentence(reason["code"], reason["values"])
            out.write(f"    - {words}（{reason['document']} {reason['article']}）\n")
        for step in finding.get("steps", []):
            _tell_step(step, out)


def _tell_step(step: dict[str, Any], out: TextIO) -> None:
    who = f"[{step['person']}]" if step["person"] else ""
    unit = {"yuan": "元"}.get(step["unit"], "")
    out.write(f"      {step['label']}{who} = {step['value']}{unit}\n")
    for p in step["parameters"]:
        source = f"{p['document']} {p['article']}，{confidence_name(p['confidence'])}"
        out.write(f"        {p['key']} = {p['value']}，自{p['since']}，{source}\n")
