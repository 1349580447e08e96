"""What a password must be: rules by default, and those of GB/T 22239 as a switch (decision 0043)."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError

from dianping.accounts.models import User
from dianping.accounts.rules.passwords import password_faults
from dianping.orgs.models import Membership, Organisation, Tenure

LONGEST_AGE = timedelta(days=90)
REMEMBERED = 5


class HouseRules:
    """The rules, for Django's list of validators: whatever sets a password asks them."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raise ValidationError with every fault as a sentence."""
        faults = password_faults(password, about=_about(user) if user else (), composed=with_gbt22239())
        if password.lower().strip() in _common():
            faults.append("这个密码在常见密码的名单里；请换一个。")
        if user is not None and user.password and check_password(password, user.password):
            faults.append("新密码和现在的密码相同；请换一个。")
        elif user is not None and user.pk and with_gbt22239() and _was_used(user, password):
            faults.append(f"这个密码在最近 {REMEMBERED} 次里用过；请换一个。")
        if faults:
            raise ValidationError(faults)

    def get_help_text(self) -> str:
        """The rules in one sentence, as the page says them."""
        return rules_told()


def faults_of(password: str, user: User) -> list[str]:
    """What is wrong with a password for this user, as sentences. Hashes: not to be asked inside a transaction."""
    try:
        validate_password(password, user)
    except ValidationError as no:
        return no.messages
    return []


def rules_told() -> str:
    """The rules as they are in force."""
    told = (
        "至少 12 个字符，不能全是数字，不能由姓名、登录名、单位名（连同拼音）、号码、年月日、键盘上相邻的键或重复相连的字符凑成，"
        "不能是常见的密码，也不能和现在的密码相同。"
    )
    if not with_gbt22239():
        return told
    return (
        told
        + f"大写字母、小写字母、数字、其他字符要有三类；最近 {REMEMBERED} 次用过的不能再用；每 90 天要换。"
    )


def with_gbt22239() -> bool:
    """Whether composition, history and age are asked as well (DIANPING_PASSWORD_RULES=gbt22239)."""
    return settings.PASSWORD_RULES == "gbt22239"  # noqa: S105 - the name of a standard


def is_too_old(user: User, today: date) -> bool:
    """Whether the password must be changed for its age; under the default rules none grows old."""
    since = user.password_since
    return with_gbt22239() and (since is None or today - since > LONGEST_AGE)


def must_change(user: User, today: date) -> bool:
    """Whether nothing is shown before the password is changed: somebody else has given it, or it is too old."""
    return user.must_change or is_too_old(user, today)


def keep_past(user: User) -> None:
    """Keep the hash of the password about to go, where none of the last five may come again; else keep none at all."""
    if not with_gbt22239():
        user.past_passwords.all().delete()
        return
    if user.has_usable_password():
        user.past_passwords.create(password=user.password)
    newest = user.past_passwords.order_by("-pk").values_list("pk", flat=True)[: REMEMBERED - 1]
    user.past_passwords.exclude(pk__in=list(newest)).delete()


def _about(user: User) -> Iterator[str]:
    """Names somebody who knows the person would try: his own, and those of the places he has to do with."""
    yield from (user.username, user.name)
    if user.person is not None:
        yield user.person.name
    for place in Organisation.objects.filter(pk__in=_places_of(user)):
        yield from (place.name, place.short_name)


def _places_of(user: User) -> set[int]:
    """Where he stands, sits and has a role, and the top organisation."""
    places = set(Organisation.objects.filter(parent=None).values_list("pk", flat=True)[:20])
    if user.person_id is not None:
        seats = Tenure.objects.filter(person=user.person_id)
        places.update(seats.values_list("post__organisation_id", flat=True))
        places.update(
            Membership.objects.filter(person=user.person_id).values_list("organisation_id", flat=True)
        )
    if user.pk:
        roles = user.grants.exclude(organisation=None)
        places.update(roles.values_list("organisation", flat=True))
    return places


def _was_used(user: User, password: str) -> bool:
    return any(check_password(password, past.password) for past in user.past_passwords.all())


@lru_cache(maxsize=1)
def _common() -> set[str]:
    """Twenty thousand passwords people use, as Django ships them."""
    return CommonPasswordValidator().passwords
