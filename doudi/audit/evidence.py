"""An evidence pack: a zip with a hash list, which anybody checks without the product.

`python -m doudi.audit.evidence PACK [ANCHORS]`, where ANCHORS is the folder of signed heads that
another custodian holds. Without it only the pack itself is checked, and the answer says so.
"""

import hashlib
import io
import json
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from doudi.audit.chain import entry_hash
from doudi.audit.verifier import read_anchors

LIST, JOURNAL = "SHA256SUMS", "journal.json"
DAY_ZERO = (2022, 1, 1, 0, 0, 0)  # the same content gives the same pack
MOST_BYTES = 200_000_000
Heads = Mapping[tuple[str, int], str]  # chain and number -> hash of a signed head


@dataclass(frozen=True)
class Finding:
    """How much was checked, what does not hold, and whether a head from outside was laid beside."""

    files: int
    entries: int
    heads: int
    wrong: tuple[str, ...]


def packed(files: Mapping[str, bytes]) -> bytes:
    """The files with their hash list, as a zip."""
    lines = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in sorted(files)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as pack:
        for name, content in {**files, LIST: "".join(lines).encode()}.items():
            pack.writestr(zipfile.ZipInfo(name, DAY_ZERO), content)
    return out.getvalue()


def journal_bytes(pieces: list[dict[str, Any]]) -> bytes:
    """The pieces of the chains: each a list of whole entries and the head that ends it."""
    return json.dumps(pieces, ensure_ascii=False, sort_keys=True, indent=1).encode()


def check(pack: bytes, anchors: Path | None = None) -> Finding:
    """ValueError when it is no pack, or an anchor was changed."""
    files = _opened(pack)
    wrong = _wrong_files(files, files.pop(LIST, b""))
    pieces = json.loads(files.get(JOURNAL, b"[]"))
    signed = read_anchors(anchors) if anchors else ()
    outside = {(chain, seq): hash_ for chain, seq, hash_ in signed}
    for piece in pieces:
        wrong += _wrong_links(piece["chain"], piece["entries"])
        wrong += _wrong_head(piece, outside) if anchors else []
    heads = sum((p["chain"], p["entries"][-1]["seq"]) in outside for p in pieces)
    return Finding(len(files), sum(len(p["entries"]) for p in pieces), heads, tuple(wrong))


def _opened(pack: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(pack)) as opened:
            if sum(info.file_size for info in opened.infolist()) > MOST_BYTES:
                raise ValueError("the pack is too large")
            return {name: opened.read(name) for name in opened.namelist()}
    except (zipfile.BadZipFile, EOFError) as error:
        raise ValueError(f"this is no evidence pack: {error}") from None


def _wrong_files(files: Mapping[str, bytes], listed: bytes) -> list[str]:
    """Files that the list lacks, that the pack lacks, or whose content is another."""
    lines = [line.split("  ", 1) for line in listed.decode().splitlines() if "  " in line]
    told = {name: digest for digest, name in lines}
    here = {n: hashlib.sha256(content).hexdigest() for n, content in files.items() if n != LIST}
    wrong = [f"{name}: not in the hash list" for name in sorted(here.keys() - told)]
    wrong += [f"{name}: missing from the pack" for name in sorted(told.keys() - here)]
    changed = [name for name in sorted(here.keys() & told) if here[name] != told[name]]
    return wrong + [f"{name}: its content was changed" for name in changed]


def _wrong_links(chain: str, entries: list[dict[str, Any]]) -> list[str]:
    """Each entry's content gives its hash, and each continues the one before it."""
    wrong, before = [], ""
    for entry in entries:
        place = f"{chain}, entry {entry['seq']}"
        if before and entry["prev_hash"] != before:
            wrong.append(f"{place}: it does not continue the entry before it")
        if entry_hash(entry, entry["prev_hash"]) != entry["hash"]:
            wrong.append(f"{place}: its content was changed")
        before = entry["hash"]
    return wrong


def _wrong_head(piece: Mapping[str, Any], outside: Heads) -> list[str]:
    """A piece ends with an entry whose signed head lies outside, or is newer than all of those."""
    chain, last = piece["chain"], piece["entries"][-1]
    place = f"{chain}, entry {last['seq']}"
    held = outside.get((chain, last["seq"]))
    if held is None:
        newer = any(c == chain and seq > last["seq"] for c, seq in outside)
        return [f"{place}: no signed head lies outside for it"] if newer else []
    return [] if held == last["hash"] else [f"{place}: differs from the signed head kept outside"]


def report(finding: Finding, with_anchors: bool) -> str:
    """The finding in words."""
    lines = [f"{finding.files} files, {finding.entries} entries, {finding.heads} heads outside\n"]
    lines += [f"WRONG: {what}\n" for what in finding.wrong]
    if not with_anchors:
        lines.append("no heads from outside were given: a rewriting owner is not seen\n")
    return "".join(lines) + ("" if finding.wrong else "the pack holds\n")


def main(argv: list[str]) -> int:
    """Exit 0 when the pack holds, 1 otherwise."""
    try:
        anchors = Path(argv[1]) if len(argv) > 1 else None
        finding = check(Path(argv[0]).read_bytes(), anchors)
    except (ValueError, KeyError, TypeError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(report(finding, anchors is not None))
    return 1 if finding.wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or ["--help"]))
