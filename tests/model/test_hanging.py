"""What goes with what is removed."""

from graphkam.model.hanging import hanging
from graphkam.model.organisation import Account, DecisionCentre, Position, Seat
from graphkam.model.people import Assessment, Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie

HELD = Holding(id="h", account_id="a", person_id="p", position_id="s")
KNOWS = ContactTie(id="k", account_id="a", member_id="m", person_id="p", kind="contact")
SAID = Assessment(
    id="x", account_id="a", person_id="p", centre_id="c", attribute="stance", value="1", date="2026-01-01"
)
SITS = Seat(id="z", account_id="a", position_id="s", centre_id="c", roles=("buyer",))
ALL = RecordSet(
    [
        Account(id="a", name="A"),
        TeamMember(id="m", last_name="M"),
        Person(id="p", account_id="a", last_name="P"),
        Position(id="s", account_id="a", title="S"),
        Position(id="t", account_id="a", title="T", reports_to_id="s"),
        DecisionCentre(id="c", account_id="a", name="C"),
        HELD,
        KNOWS,
        SAID,
        SITS,
    ]
)


def test_ties_go_with_their_ends_and_what_is_said_with_its_person():
    assert set(hanging(ALL, [(Person, "p")])) == {HELD, KNOWS, SAID}
    assert set(hanging(ALL, [(Position, "s")])) == {HELD, SITS}
    assert set(hanging(ALL, [(DecisionCentre, "c")])) == {SAID, SITS}


def test_a_person_of_the_same_id_as_one_of_us_is_somebody_else():
    assert hanging(ALL, [(TeamMember, "p")]) == ()


def test_with_an_account_goes_everything_but_ourselves():
    left = {r.id for r in ALL} - {r.id for r in hanging(ALL, [(Account, "a")])}
    assert left == {"a", "m"}
