"""Invitations and six digits: each works once, in its time, and every failure looks alike."""

import datetime as dt

import pytest

from doudi.accounts.actions.accept_invitation import accept_invitation
from doudi.accounts.actions.change_password import change_password
from doudi.accounts.actions.check_second_factor import check_second_factor
from doudi.accounts.actions.invite import invite
from doudi.accounts.actions.open_session import open_session
from doudi.accounts.actions.suspend_staff import suspend_staff
from doudi.accounts.figures.totp import code_at, enrolment_uri, matching_step, new_secret, step_at
from doudi.accounts.models import Invitation, Staff
from doudi.clock.time import now
from doudi.kernel.errors import Invalid, NotFound
from tests.accounts.conftest import PASSWORD, later

RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


def _code(staff: Staff, steps: int = 0) -> str:
    secret = Staff.objects.get(pk=staff.pk).totp_secret.open()
    return code_at(secret, step_at(now()) + steps)


@pytest.mark.parametrize(
    ("seconds", "code"), [(59, "287082"), (1111111109, "081804"), (20000000000, "353130")]
)
def test_the_codes_are_those_of_rfc_6238(seconds, code):
    instant = dt.datetime.fromtimestamp(seconds, dt.UTC)

    assert code_at(RFC_SECRET, step_at(instant)) == code


def test_a_code_holds_half_a_minute_before_and_after_and_no_longer():
    instant = dt.datetime(2022, 5, 9, 8, 0, tzinfo=dt.UTC)
    codes = [code_at(RFC_SECRET, step_at(instant) + n) for n in (-2, -1, 0, 1, 2)]

    taken = [matching_step(RFC_SECRET, code, instant, 0) is not None for code in codes]

    assert taken == [False, True, True, True, False]


def test_a_code_of_a_used_or_earlier_step_matches_nothing():
    instant = dt.datetime(2022, 5, 9, 8, 0, tzinfo=dt.UTC)
    here = step_at(instant)
    code = code_at(RFC_SECRET, here)

    found = [matching_step(RFC_SECRET, code, instant, after) for after in (here - 1, here)]

    assert found == [here, None]


def test_secrets_are_random_and_fit_the_apps():
    secrets = {new_secret() for _ in range(50)}

    assert len(secrets) == 50
    assert {len(secret) for secret in secrets} == {32}
    assert "secret=" + RFC_SECRET in enrolment_uri(RFC_SECRET, "qili.clerk")


@pytest.mark.django_db
def test_a_code_is_taken_once(clerk, clock):
    clock.shift(60)
    code = _code(clerk)

    answers = [check_second_factor(clerk, code, now()) for _ in range(2)]

    assert answers == [True, False]


@pytest.mark.django_db
def test_an_earlier_code_is_refused_after_a_later_one(clerk, clock):
    clock.shift(120)
    earlier, later_one = _code(clerk, -1), _code(clerk)

    answers = [check_second_factor(clerk, code, now()) for code in (later_one, earlier)]

    assert answers == [True, False]


@pytest.mark.django_db
def test_five_wrong_codes_lock_the_second_factor_for_half_an_hour(clerk, clock):
    clock.shift(60)
    wrong = [check_second_factor(clerk, "000000", now()) for _ in range(5)]

    locked = check_second_factor(clerk, _code(clerk), now())
    clock.shift(dt.timedelta(minutes=30))
    after = check_second_factor(clerk, _code(clerk), now())

    assert (any(wrong), locked, after) == (False, False, True)


@pytest.mark.django_db
def test_nobody_without_a_second_factor_passes_it(invited):
    staff, _token = invited

    assert not check_second_factor(staff, "000000", now())
    assert not check_second_factor(staff, "", now())


@pytest.mark.django_db
def test_an_invitation_is_used_once(invited, clock):
    staff, token = invited
    secret = Invitation.objects.get(staff=staff).totp_secret.open()
    accept_invitation(token, PASSWORD, code_at(secret, step_at(now())), now())

    with pytest.raises(NotFound):
        accept_invitation(token, PASSWORD + "2", code_at(secret, step_at(now())), now())

    assert Staff.objects.get(pk=staff.pk).check_password(PASSWORD)


@pytest.mark.django_db
def test_the_code_that_accepted_the_invitation_does_not_sign_in(clerk):
    assert not check_second_factor(clerk, _code(clerk), now())


@pytest.mark.django_db
def test_an_expired_invitation_answers_like_an_unknown_one(invited):
    _staff, token = invited

    with pytest.raises(NotFound) as expired:
        accept_invitation(token, PASSWORD, "000000", later(days=8))
    with pytest.raises(NotFound) as unknown:
        accept_invitation("x" * 32, PASSWORD, "000000", now())

    assert expired.value.sentence == unknown.value.sentence


@pytest.mark.django_db
def test_a_new_invitation_ends_the_earlier_one(admin, invited):
    staff, old = invited
    invite(staff, by=admin, at=now())

    with pytest.raises(NotFound):
        accept_invitation(old, PASSWORD, "000000", later(seconds=1))


@pytest.mark.django_db
def test_suspension_ends_an_open_invitation(admin, invited):
    staff, token = invited
    suspend_staff(staff, reason="误建", by=admin, at=now())

    with pytest.raises(NotFound):
        accept_invitation(token, PASSWORD, "000000", now())


@pytest.mark.django_db
def test_a_weak_password_and_a_wrong_code_are_named_together_and_use_nothing_up(invited):
    _staff, token = invited

    with pytest.raises(Invalid) as refusal:
        accept_invitation(token, "short", "000000", now())

    assert set(refusal.value.fields) == {"password", "code"}
    assert Invitation.objects.filter(used_at=None).exists()


@pytest.mark.django_db
def test_the_token_is_not_kept(invited):
    _staff, token = invited

    row = Invitation.objects.filter(staff__account="qili.clerk").values().get()

    assert token not in str(row)
    assert len(token) >= 22


@pytest.mark.django_db
def test_a_new_password_needs_the_present_one_and_a_code(clerk, clock):
    clock.shift(60)

    with pytest.raises(Invalid):
        change_password(clerk, "wrong", "another quiet river", _code(clerk), at=now())
    with pytest.raises(Invalid):
        change_password(clerk, PASSWORD, "another quiet river", "000000", at=now())

    assert Staff.objects.get(pk=clerk.pk).check_password(PASSWORD)


@pytest.mark.django_db
def test_a_new_password_ends_every_open_session(clerk, clock):
    clock.shift(60)
    open_session(clerk, at=now())

    change_password(clerk, PASSWORD, "another quiet river", _code(clerk), at=now())

    fresh = Staff.objects.get(pk=clerk.pk)
    assert fresh.check_password("another quiet river")
    assert fresh.session_mark == ""


@pytest.mark.django_db
def test_the_second_factor_is_sealed_in_the_table(clerk):
    secret = Staff.objects.get(pk=clerk.pk).totp_secret.open()

    stored = Staff.objects.filter(pk=clerk.pk).values_list("totp_secret", flat=True).get()

    assert secret.encode() not in bytes(stored)
