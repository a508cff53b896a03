"""Texts read in for phones that cannot speak: all are there, say today's words, and are small."""

import dataclasses
import datetime as dt
import io
import re
import shutil
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

from doudi.commands import recordings as command
from doudi.kernel.aloud import syllables
from doudi.policy.pack import load_pack
from doudi.portal import recorder, sounds
from doudi.portal.cards import cards
from doudi.portal.sounds import MACHINE, PERSON, Recording

EARLIER = dt.date(2022, 5, 9)
# The day of the pack's newest value: from then on the words stand as they are recorded.
NEWEST = max(row.since for row in load_pack(settings.DOUDI_PACK_DIR).book.rows())
MPEG2_LAYER3, KBIT24_HZ22050, ONE_CHANNEL = b"\xff\xf3", 0x30, 0xC0
PER_SYLLABLE = (0.25, 0.5)  # seconds, rests included: slower than the news, faster than dictation


def illness(day: dt.date) -> str:
    """The card as it is read aloud on a day."""
    return sounds.spoken_card(next(c for c in cards("zh", day) if c.key == "illness"))


def read_by(by: str, text: str) -> Recording:
    """A recording of these words."""
    return Recording(f"{by}.mp3", sounds.digest(text), by, "who", "2026-11-28")


@pytest.fixture
def shelf(monkeypatch):
    """A manifest with these recordings of the illness card, their files in their places."""

    def of(*ones: Recording) -> None:
        entries = [dataclasses.asdict(one) for one in ones]
        monkeypatch.setattr(sounds, "_manifest", lambda: {"card-illness": entries})
        monkeypatch.setattr(sounds.finders, "find", lambda name: name)

    return of


def texts():
    return [pytest.param(text, id=text.key) for text in sounds.all_spoken(NEWEST)]


@pytest.mark.parametrize("text", texts())
def test_every_text_is_recorded_with_its_words_slowly_and_in_a_small_file(text):
    found = sounds.recording(text.key, text.text)

    assert found, "run `doudi recordings --read`"
    data = Path(finders.find(f"{sounds.FOLDER}/{found.file}")).read_bytes()
    assert len(data) < 300_000
    if found.by == MACHINE:
        assert found.reader.startswith("机器朗读（espeak-ng ")
        assert (data[:2], data[2] & 0xF0, data[3] & 0xC0) == (
            MPEG2_LAYER3,
            KBIT24_HZ22050,
            ONE_CHANNEL,
        )
        said = syllables(text.text, recorder.readings()).split()
        least, most = PER_SYLLABLE
        assert least < len(data) * 8 / 24_000 / len(said) < most


def test_no_file_lies_beside_the_manifest_and_no_text_is_unknown():
    known = {text.key for text in sounds.all_spoken(NEWEST)}

    named = {one.file for key in known for one in sounds.recordings(key)}

    assert set(sounds._manifest()) == known
    assert {path.name for path in recorder.SOUNDS.glob("*.mp3")} == named


def test_no_character_is_left_unread():
    left = [
        word
        for text in sounds.all_spoken(NEWEST)
        for word in syllables(text.text, recorder.readings()).split()
        if not re.fullmatch(r"[a-z]+[1-5][,:;.!?]?", word)
    ]

    assert left == []


def test_the_phone_fetches_it_as_sound_with_its_length_and_in_parts(client, settings):
    settings.WHITENOISE_USE_FINDERS = True
    found = sounds.recording("help-now")
    path = sounds.address(found)

    whole = client.get(path)
    part = client.get(path, headers={"range": "bytes=100-199"})

    assert whole["Content-Type"] == "audio/mpeg"
    assert int(whole["Content-Length"]) == len(b"".join(whole.streaming_content))
    assert part.status_code == 206
    assert part["Content-Range"] == f"bytes 100-199/{whole['Content-Length']}"
    assert len(b"".join(part.streaming_content)) == 100


@pytest.mark.django_db
def test_the_page_names_its_recording_and_says_that_a_machine_reads(client):
    chinese = client.get("/help-now/").content.decode()
    english = client.get("/help-now/", headers={"accept-language": "en"}).content.decode()

    assert f'data-sound="{sounds.address(sounds.recording("help-now"))}"' in chinese
    assert "机器朗读" in chinese
    assert 'data-sound=""' in english
    assert "data-doudi-machine" not in english


def test_a_recording_is_played_while_its_words_and_figures_hold(shelf):
    shelf(read_by(MACHINE, illness(EARLIER)))

    then, now = (sounds.recording("card-illness", illness(day)) for day in (EARLIER, NEWEST))

    assert then
    assert then.file == "machine.mp3"
    assert now is None


def test_a_person_who_read_the_same_words_is_heard_before_the_machine(shelf):
    shelf(read_by(MACHINE, illness(NEWEST)), read_by(PERSON, illness(NEWEST)))

    heard = sounds.recording("card-illness", illness(NEWEST))

    assert heard
    assert heard.by == PERSON


def test_the_machine_is_heard_again_where_a_persons_words_are_of_yesterday(shelf):
    shelf(read_by(PERSON, illness(EARLIER)), read_by(MACHINE, illness(NEWEST)))

    heard = sounds.recording("card-illness", illness(NEWEST))

    assert heard
    assert heard.by == MACHINE


def test_the_listing_tells_missing_stale_and_who_read(shelf):
    out = io.StringIO()
    shelf(read_by(PERSON, illness(EARLIER)))

    code = command.run(["--script", "--on", str(NEWEST)], out, out)
    then = io.StringIO()
    command.run(["--on", str(EARLIER)], then, then)

    assert code == 1
    assert "stale     card-illness" in out.getvalue()
    assert "missing   apply-2" in out.getvalue()
    assert sounds.digest(illness(NEWEST)) in out.getvalue()
    assert "person    card-illness" in then.getvalue()
    total = len(sounds.all_spoken(NEWEST))
    assert (
        f"1 of {total} texts are recorded: 1 read by a person, 0 by the machine" in then.getvalue()
    )


@pytest.fixture
def workshop(shelf, monkeypatch, tmp_path):
    """Folders of its own, and a machine that writes the words it was given."""
    monkeypatch.setattr(recorder, "SOUNDS", tmp_path)
    monkeypatch.setattr(recorder, "manifest_file", lambda: tmp_path / "manifest.yaml")
    monkeypatch.setattr(recorder, "_version", lambda: "1.51")
    monkeypatch.setattr(recorder, "read_in", lambda text, target: target.write_text(text))
    for name in ("person.mp3", "machine.mp3"):
        (tmp_path / name).touch()
    return tmp_path


def test_the_machine_reads_what_is_stale_and_leaves_the_recordings_of_people(workshop, shelf):
    shelf(read_by(PERSON, illness(EARLIER)), read_by(MACHINE, illness(EARLIER)))
    card = next(t for t in sounds.all_spoken(NEWEST) if t.key == "card-illness")

    made = recorder.record([card], NEWEST)

    assert made == ["card-illness"]
    manifest = (workshop / "manifest.yaml").read_text()
    assert "person.mp3" in manifest
    assert "machine.mp3" not in manifest
    assert card.sha256 in manifest
    left = sorted(path.name for path in workshop.glob("*.mp3"))
    assert left == [f"card-illness-{card.sha256[:8]}.mp3", "person.mp3"]


def test_a_text_may_be_there_in_the_words_of_two_days(workshop, shelf):
    shelf(read_by(MACHINE, illness(EARLIER)))
    forms = [
        next(t for t in sounds.all_spoken(day) if t.key == "card-illness")
        for day in (NEWEST, EARLIER)
    ]

    recorder.record(forms, NEWEST)

    left = sorted(path.name for path in workshop.glob("*.mp3"))
    assert left == [f"card-illness-{forms[0].sha256[:8]}.mp3", "machine.mp3"]


def test_the_machine_reads_nothing_twice(workshop, shelf):
    shelf(read_by(PERSON, illness(NEWEST)))
    card = next(t for t in sounds.all_spoken(NEWEST) if t.key == "card-illness")

    assert recorder.record([card], NEWEST) == []


def test_without_the_tools_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(recorder.shutil, "which", lambda tool: None)
    out, told = io.StringIO(), io.StringIO()

    code = command.run(["--read"], out, told)

    assert code == 1
    assert "apt install espeak-ng sox" in told.getvalue()


@pytest.mark.skipif(
    not shutil.which("espeak-ng") or not shutil.which("sox"), reason="no voice here"
)
def test_the_machine_makes_the_same_file_again(tmp_path):
    text = sounds.fixed_texts()["apply-7"]

    recorder.read_in(text, tmp_path / "again.mp3")

    found = sounds.recording("apply-7")
    assert (tmp_path / "again.mp3").read_bytes() == (recorder.SOUNDS / found.file).read_bytes()
