"""Making two people one, shown before it is written."""

from datetime import date

import pytest

from graphkam.errors import InputError
from graphkam.exchange.lines import PlanAction
from graphkam.exchange.merging import find_duplicates, plan_merge
from graphkam.model.organisation import Account
from graphkam.model.people import Person, TeamMember
from graphkam.model.ties import ContactTie
from graphkam.text import Words
from tests.exchange.exports import BASE, A

JEROME = Person(id="js", **A, last_name="Sabatier", first_name="Jérôme", language="fr", version=3)
SHORT = Person(id="j2", **A, last_name="Sabatier", first_name="J.", language="en", phone="1", version=2)
MINE = ContactTie(
    id="AV~js", **A, member_id="AV", person_id="js", kind="contact", level=1, stated_on=date(2026, 1, 1),
    version=4,
)  # fmt: skip
OTHERS = MINE.model_copy(update={"id": "AV~j2", "person_id": "j2", "level": 2, "stated_on": date(2026, 5, 1)})
PAULS = MINE.model_copy(update={"id": "PN~j2", "member_id": "PN", "person_id": "j2"})
KNOWN = BASE.merged([JEROME, SHORT, MINE, OTHERS, PAULS])


def test_the_plan_tells_what_moves_what_becomes_one_and_what_is_dropped():
    made = plan_merge(KNOWN, "js", "j2", revision=9)
    told = [f"{line.action.value} {line.told(Words('en'))}" for line in made.lines]
    assert told == [
        "change Person  Jérôme Sabatier (Phone: ? → 1)",
        "delete Person  J. Sabatier",
        (
            "change Contact  Anne Vasseur → Jérôme Sabatier (Level now: Met → Working relation; "
            "Level known on: 2026-01-01 → 2026-05-01)"
        ),
        "change Contact  Paul Noir → Jérôme Sabatier (Position or person: J. Sabatier → Jérôme Sabatier)",
        "delete Contact  Anne Vasseur → J. Sabatier",
    ]
    assert [d.told(Words("en")) for d in made.dropped] == [
        "Person  Jérôme Sabatier: Language stays fr; en is dropped"
    ]
    assert made.revision == 9


def test_applied_it_leaves_one_person_and_nothing_broken():
    made = plan_merge(KNOWN, "js", "j2", revision=9)
    reached = KNOWN.merged(made.changes.puts, made.changes.removals)
    assert {p.id for p in reached.of(Person)} == {"bq", "lp", "js"}
    assert [(t.member_id, t.level) for t in reached.of(ContactTie) if t.person_id == "js"] == [
        ("AV", 2),
        ("PN", 1),
    ]
    assert {put.version for put in made.changes.puts} == {3, 4}, "each over what was read"
    assert made.totals[PlanAction.CREATE] == 0


@pytest.mark.parametrize(
    ("kept", "gone", "key"),
    [
        ("js", "js", "merge_same"),
        ("js", "AV", "merge_apart"),
        ("js", "x", "merge_apart"),
        ("js", "nobody", "no_such_name_at_all"),
    ],
)
def test_who_cannot_be_one(kept, gone, key):
    known = KNOWN.merged([Account(id="b", name="B"), Person(id="x", account_id="b", last_name="Sabatier")])
    with pytest.raises(InputError) as caught:
        plan_merge(known, kept, gone, revision=1)
    assert caught.value.key == f"error.{key}"


def test_who_may_be_one_in_an_account_or_everywhere_and_among_us():
    ours = TeamMember(id="A2", last_name="Vasseur", first_name="A.")
    known = KNOWN.merged([ours, Account(id="b", name="B")])
    everywhere = [(d.person.id, d.other.id, d.reason.value) for d in find_duplicates(known, None)]
    assert everywhere == [("js", "j2", "initials"), ("AV", "A2", "initials")]
    assert [d.other.id for d in find_duplicates(known, "acme")] == ["j2"]
    assert find_duplicates(known, "b") == ()
