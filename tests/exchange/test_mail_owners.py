"""Owner and backup as a log proposes them."""

from datetime import date

import pytest

from graphkam.exchange.mail_owners import proposed, strength
from graphkam.model.ties import ContactTie

DAY = date(2001, 6, 30)


def tie(member, *days, kind="contact"):
    found = tuple(date.fromisoformat(day) for day in days)
    return ContactTie(
        id=member, account_id="a", member_id=member, person_id="p", kind=kind, days_out=found, days_in=found
    )


STRONG = tie("strong", "2001-06-30")
WEAK = tie("weak", "2001-05-01")
WEAKER = tie("weaker", "2001-03-01")
PAST = tie("past", "1999-01-01")


@pytest.mark.parametrize(
    ("ties", "by_hand", "kinds", "strongest"),
    [
        ((WEAKER, PAST, STRONG, WEAK), (), {"strong": "owner", "weak": "backup"}, "strong"),
        ((PAST,), (), {}, None),
        ((), (), {}, None),
        ((STRONG, WEAK.model_copy(update={"kind": "owner"})), ("weak",), {"strong": "backup"}, "strong"),
        ((STRONG, WEAK, WEAKER), ("strong",), {"weak": "owner", "weaker": "backup"}, "strong"),
    ],
)
def test_who_is_proposed(ties, by_hand, kinds, strongest):
    assert proposed(ties, by_hand, DAY, {}) == (kinds, strongest)


def test_strength_is_level_decayed_by_half_in_180_days():
    assert strength(STRONG, DAY) == 2
    assert strength(STRONG, date(2001, 12, 27)) == pytest.approx(1)
    assert strength(STRONG, date(2001, 6, 29)) == 0
