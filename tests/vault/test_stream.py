"""A sealed stream: every changed byte, missing piece and torn end is seen."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from doudi.vault import stream
from doudi.vault.seal import SealBroken
from doudi.vault.stream import Opener, Sealer, new_key

PRIVATE, PUBLIC = new_key()


def sealed(data):
    out = io.BytesIO()
    with Sealer(out, PUBLIC) as sealer:
        sealer.write(data)
    return out.getvalue()


def opened(data, private=PRIVATE):
    return io.BufferedReader(Opener(io.BytesIO(data), private)).read()


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 31, 32, 33, 100])
def test_what_was_sealed_opens_again_around_the_end_of_a_piece(size, monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 16)
    data = bytes(range(size))

    assert opened(sealed(data)) == data


def test_every_changed_byte_is_seen(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 16)
    whole = sealed(b"0123456789" * 4)

    for place in range(len(whole)):
        changed = bytearray(whole)
        changed[place] ^= 1
        with pytest.raises(SealBroken):
            opened(bytes(changed))


def test_every_torn_end_is_seen(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 16)
    whole = sealed(b"0123456789" * 4)

    for end in range(len(whole)):
        with pytest.raises(SealBroken):
            opened(whole[:end])


def test_a_piece_that_is_left_out_is_seen(monkeypatch):
    monkeypatch.setattr(stream, "PIECE", 16)
    whole = sealed(b"0123456789" * 4)
    head, piece = len(stream.MAGIC) + 32, 4 + 16 + 16

    with pytest.raises(SealBroken):
        opened(whole[:head] + whole[head + piece :])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.binary(max_size=50), max_size=20))
def test_it_does_not_matter_in_which_portions_it_was_written(portions):
    out = io.BytesIO()
    with Sealer(out, PUBLIC) as sealer:
        for portion in portions:
            sealer.write(portion)

    assert opened(out.getvalue()) == b"".join(portions)


def test_another_key_opens_nothing():
    with pytest.raises(SealBroken):
        opened(sealed(b"secret"), new_key()[0])
