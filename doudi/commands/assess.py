"""`doudi assess FILE`: findings for the households of a file; needs no database."""

import argparse
import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

from config.env import ROOT, read
from doudi.kernel.money import plain_fen, yuan_text
from doudi.policy.assess import assess
from doudi.policy.book import NotInForce
from doudi.policy.facts import parse_household
from doudi.policy.pack import Pack, load_pack
from doudi.policy.reader import FactError
from doudi.policy.wording import confidence_name, outcome_name, programme_name, sentence

MOST_BYTES = 200_000_000


class BadFile(ValueError):
    """The file as a whole cannot be read; the message is one clear sentence."""


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no day like 2022-06-01") from None


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
        things = list(_things(_text(args.file)))
    except BadFile as error:
        stderr.write(f"doudi assess: {error}\n")
        return 1
    results = [_one(thing, pack, args) for thing in things]
    for result in results:
        if "error" in result:
            stderr.write(
                f"{result['case']}: {result['error']['path']}: {result['error']['message']}\n"
            )
    if args.json:
        single = len(results) == 1 and not isinstance(things[0], _Listed)
        stdout.write(json.dumps(results[0] if single else results, ensure_ascii=False, indent=1))
        stdout.write("\n")
    else:
        for result in results:
            _tell(result, stdout)
    return 1 if any("error" in result for result in results) else 0


class _Listed(dict[str, Any]):
    """A household that came in a list."""


def _text(name: str) -> str:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(MOST_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise BadFile(f"cannot read {name}: {error.strerror}") from None
    if len(raw) > MOST_BYTES:
        raise BadFile("the file is larger than 200 MB; split it")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadFile(f"the file is not UTF-8 (byte {error.start}); save it as UTF-8") from None


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        double = next(name for name in names if names.count(name) > 1)
        raise BadFile(f"the key {double!r} stands twice in one object")
    return dict(pairs)


def _not_a_number(word: str) -> Any:
    raise BadFile(f"{word} is no value of JSON")


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_pairs, parse_constant=_not_a_number)


def _things(text: str) -> Iterator[Any]:
    """The households of a file, whatever of the three shapes it has."""
    if not text.strip():
        raise BadFile("the file is empty")
    try:
        whole = _loads(text)
    except RecursionError:
        raise BadFile("the file is nested too deeply") from None
    except json.JSONDecodeError as error:
        yield from _lines(text, error)
        return
    if isinstance(whole, list):
        yield from (_Listed(t) if isinstance(t, dict) else t for t in whole)
    else:
        yield whole


def _lines(text: str, first: json.JSONDecodeError) -> Iterator[Any]:
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    for number, line in lines:
        try:
            thing = _loads(line)
        except json.JSONDecodeError as error:
            if number == lines[0][0]:
                where = f"line {first.lineno}, column {first.colno}"
                raise BadFile(f"the file is no JSON: {first.msg} ({where})") from None
            raise BadFile(f"line {number} is no JSON: {error.msg}") from None
        yield _Listed(thing) if isinstance(thing, dict) else thing


def _one(thing: Any, pack: Pack, args: argparse.Namespace) -> dict[str, Any]:
    case = thing.get("case") if isinstance(thing, dict) else None
    try:
        facts = parse_household(thing, args.on)
        book = pack.book.at(facts.on, facts.county, facts.area)
        return assess(facts, book, with_steps=args.explain).to_json(explain=args.explain)
    except FactError as error:
        return {"case": case, "error": {"path": error.path, "message": error.message}}
    except NotInForce as error:
        return {"case": case, "error": {"path": "on", "message": f"NotInForce: {error}"}}


def _tell(result: dict[str, Any], out: TextIO) -> None:
    if "error" in result:
        return
    advised = programme_name(result["recommended"]) if result["recommended"] else "无"
    out.write(f"\n{result['case']}  {result['on']}  建议:{advised}\n")
    for finding in result["findings"]:
        yuan = finding["monthly_yuan"] or finding["one_off_yuan"]
        amount = f"  {yuan_text(plain_fen(yuan))} 元" if yuan else ""
        out.write(
            f"  {programme_name(finding['programme'])}:{outcome_name(finding['outcome'])}{amount}\n"
        )
        for reason in finding["reasons"]:
            words = sentence(reason["code"], reason["values"])
            out.write(f"    - {words}({reason['document']} {reason['article']})\n")
        for step in finding.get("steps", []):
            who = f"[{step['person']}]" if step["person"] else ""
            out.write(f"      {step['label']}{who} = {step['value']} {step['unit']}\n")
            for p in step["parameters"]:
                mark = confidence_name(p["confidence"])
                out.write(
                    f"        {p['key']} = {p['value']},自{p['since']},"
                    f"{p['document']} {p['article']},{mark}\n"
                )
