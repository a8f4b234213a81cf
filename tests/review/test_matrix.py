"""Who of us is what to whom."""

from graphkam.graph.build import account_graph
from graphkam.model.organisation import OrgUnit, Position
from graphkam.model.people import Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie
from graphkam.review.matrix import matrix
from tests.ui.conftest import BOW_TIE, DAY, DIAMOND, account


def made(ties, prefix, *more):
    records = RecordSet([*account("Toy", ties, prefix=prefix), *more])
    return matrix(account_graph(records, prefix, DAY))


def test_everybody_counted_has_a_row_and_every_one_of_us_a_head():
    found = made(BOW_TIE, "bow")
    assert [h.name for h in found.members] == ["KAM", "LOG", "SAV"]
    assert [h.live for h in found.members] == [8, 1, 1]
    assert len(found.rows) == 8


def test_the_least_covered_and_heaviest_come_first():
    found = made(BOW_TIE, "bow")
    assert [r.name for r in found.rows] == ["C1", "C2", "C3", "C4", "C6", "C8", "C5", "C7"]
    assert [(r.live, r.wanted) for r in found.rows[:4]] == [(1, 2), (1, 2), (1, 2), (1, 1)]


def test_a_cell_is_a_tie_and_tells_whether_it_is_live():
    first = next(r for r in made(DIAMOND, "dia").rows if r.name == "C4")
    told = {c.member_id.rpartition(":")[2]: (c.level, c.is_live) for c in first.cells}
    assert told == {"PROD": (3, True), "KAM": (1, False)}


def test_somebody_in_two_positions_has_a_row_for_each_and_one_tie():
    second = Position(id="bow:second", account_id="bow", title="Second", weight=5)
    from graphkam.model.people import Holding

    holds = Holding(id="h2", account_id="bow", person_id="bow:C8", position_id="bow:second")
    found = made(BOW_TIE, "bow", second, holds)
    assert [r.title for r in found.rows if r.name == "C8"] == ["Second", "Seat of C8"]
    assert found.members[0].live == 8


def test_a_row_knows_its_units_from_the_group_down():
    group = OrgUnit(id="g", account_id="bow", name="Group", kind="group")
    site = OrgUnit(id="s", account_id="bow", name="Lyon", kind="site", parent_id="g")
    seat = Position(id="bow:seat:C1", account_id="bow", title="Seat of C1", weight=5, unit_id="s")
    row = next(r for r in made(BOW_TIE, "bow", group, site, seat).rows if r.name == "C1")
    assert (row.unit_ids, row.unit) == (("g", "s"), "Lyon")


def test_a_tie_of_unknown_level_is_a_cell_and_not_live():
    tie = ContactTie(
        id="t", account_id="bow", member_id="new", person_id="bow:C1", kind="owner", stated_on=DAY
    )
    found = made(BOW_TIE, "bow", TeamMember(id="new", last_name="New"), tie)
    [cell] = [c for r in found.rows for c in r.cells if c.member_id == "new"]
    assert (cell.level, cell.is_live, cell.kind) == (None, False, "owner")


def test_without_anybody_there_is_nothing():
    from graphkam.model.organisation import Account

    bare = RecordSet([Account(id="a", name="A"), Person(id="p", account_id="a", last_name="P")])
    found = matrix(account_graph(bare, "a", DAY))
    assert (found.members, found.rows) == ((), ())
