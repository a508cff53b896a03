"""Texts read by a machine until a person reads them: espeak-ng speaks, sox makes a small MP3."""

import datetime as dt
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml
from django.conf import settings

from doudi.kernel.aloud import syllables
from doudi.portal.sounds import FOLDER, MACHINE, Recording, Spoken, manifest_file, recordings

SOUNDS = Path(__file__).parents[1] / "ui" / "static" / FOLDER
# The voice reads pinyin with tone numbers. Its `cmn` would read its own pinyin as English.
# Slow, and the tones twice as far apart as the voice has them by itself (76-94 Hz): 110-195 Hz.
VOICE = ("-v", "cmn-latn-pinyin+f2", "-s", "140", "-p", "45", "-m", "-z")
REST = {",": 150, ":": 300, ";": 300, ".": 600, "!": 600, "?": 600}  # milliseconds
QUIET = ("silence", "1", "0.02", "0.1%", "reverse", "silence", "1", "0.02", "0.1%", "reverse")
# What is soft comes up, so that a cheap phone in a yard is heard.
LOUD = ("compand", "0.02,0.2", "6:-50,-50,-30,-18,-10,-8,0,-6")
HEAD = (
    "# text: [{file: in doudi/ui/static/ui/sound/, sha256: of the text read,\n"
    "#         by: person or machine, reader: who, on: date}].\n"
    "# `doudi recordings` tells what is missing or stale; with --read the machine reads that.\n"
)


class CannotRecord(RuntimeError):
    """A tool is missing or failed; the sentence says which."""


def record(texts: Iterable[Spoken], on: dt.date) -> list[str]:
    """Lets the machine read what nobody has read yet, and drops what it read of other words.

    A text may stand there in the words of several days. The recordings of people always stay.
    """
    wanted: dict[str, list[Spoken]] = {}
    for text in texts:
        wanted.setdefault(text.key, []).append(text)
    kept = {key: _still_good(key, forms) for key, forms in wanted.items()}
    reader = f"机器朗读（espeak-ng {_version()}）"
    made = []
    for text in (form for forms in wanted.values() for form in forms):
        if any(map(text.says, kept[text.key])):
            continue
        name = f"{text.key}-{text.sha256[:8]}.mp3"
        read_in(text.text, SOUNDS / name)
        kept[text.key].append(Recording(name, text.sha256, MACHINE, reader, on.isoformat()))
        made.append(text.key)
    _write(kept)
    return made


def _still_good(key: str, forms: list[Spoken]) -> list[Recording]:
    """Every recording of a person; the machine's of words that are still wanted."""
    there = recordings(key)
    return [one for one in there if one.by != MACHINE or any(f.says(one) for f in forms)]


def read_in(text: str, target: Path) -> None:
    """One text as a recording: slow, with rests, the silence at both ends cut, mono, 24 kbit/s.

    Without dither: the same words give the same file.
    """
    with tempfile.TemporaryDirectory() as folder:
        spoken, trimmed = Path(folder) / "spoken.wav", Path(folder) / "trimmed.wav"
        _run("espeak-ng", *VOICE, "-w", str(spoken), "--", script(text))
        _run(
            "sox", "-D", str(spoken), str(trimmed), *QUIET, *LOUD, "pad", "0.1", "0.3", "norm", "-2"
        )
        target.parent.mkdir(parents=True, exist_ok=True)
        _run("sox", "-D", str(trimmed), "-C", "24", "--comment", "", str(target))


def script(text: str) -> str:
    """The text as the voice gets it: syllables, and a rest at each point and comma."""
    said = syllables(text, readings())
    rests = re.sub(r"[,:;.!?]", lambda at: f'{at[0]}<break time="{REST[at[0]]}ms"/>', said)
    return f'<speak><prosody range="200%">{rests}</prosody></speak>'


def readings() -> Mapping[str, str]:
    """What the dictionary of phrases gets wrong, from the pack."""
    path = settings.DOUDI_PACK_DIR / "texts" / "readings.yaml"
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


def _write(kept: Mapping[str, list[Recording]]) -> None:
    lines = [
        f"{key}:\n" + "".join(f"  - {one.line()}\n" for one in ones)
        for key, ones in kept.items()
        if ones
    ]
    manifest_file().write_text(HEAD + "".join(lines), encoding="utf-8")
    named = {one.file for ones in kept.values() for one in ones}
    for path in SOUNDS.glob("*.mp3"):
        if path.name not in named:
            path.unlink()


def _version() -> str:
    found = re.search(r"\d+(\.\d+)+", _run("espeak-ng", "--version"))
    return found[0] if found else ""


def _run(tool: str, *words: str) -> str:
    program = shutil.which(tool)
    if program is None:
        raise CannotRecord(
            f"{tool} is not installed: on Debian, apt install espeak-ng sox libsox-fmt-mp3"
        )
    done = subprocess.run(  # noqa: S603  a tool for sounds, words of our own
        [program, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CannotRecord(f"{tool} failed: {done.stderr.strip()[-400:]}")
    return done.stdout
