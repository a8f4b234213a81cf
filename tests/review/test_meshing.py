"""Proposals accepted, refused, and what colleagues have to do elsewhere."""

from datetime import date

import pytest

from graphkam.analysis.mesh import mesh
from graphkam.graph.build import account_graph
from graphkam.graph.needs import action_id
from graphkam.model.integrity import check
from graphkam.model.records import RecordSet
from graphkam.review.meshing import accepted, elsewhere, refusals, refused, taken_back
from graphkam.settings import AnalysisSettings
from graphkam.text import LANGUAGES, Words
from tests.analysis.accounts import BOW_TIE, DAY, graph

DUE = date(2026, 12, 23)
ENGLISH = Words("en")


def again(made, changes):
    """Give the account once changes are written."""
    return account_graph(made.records.merged(changes.puts), "a", DAY)


def test_an_accepted_proposal_is_an_action_of_the_one_who_is_to_make_the_tie():
    made = graph(BOW_TIE)
    [first, *_] = mesh(made).ties
    [action] = accepted(made, [first], due=DUE, words=ENGLISH).puts
    assert (action.owner_id, action.about_id, action.due, action.state) == (
        first.member_id,
        "C1",
        DUE,
        "open",
    )
    assert action.text == "Get to know C1 (Seat of C1)"
    assert (action.id, action.version) == (first.id, 0)
    assert check(made.records.merged([action])) == ()


def test_what_was_accepted_is_not_proposed_again_and_the_rest_is():
    made = graph(BOW_TIE)
    found = mesh(made)
    some = again(made, accepted(made, found.ties[:1], due=DUE, words=ENGLISH))
    rest = mesh(some)
    assert [t.id for t in rest.planned] == [found.ties[0].id]
    assert {t.stakeholder for t in rest.ties} == {"C2", "C3"}
    assert rest.after.c2 == found.after.c2
    all_ = again(made, accepted(made, found.ties, due=DUE, words=ENGLISH))
    assert mesh(all_).ties == ()
    assert accepted(all_, mesh(all_).ties, due=DUE, words=ENGLISH).is_empty


def test_what_was_refused_is_remembered():
    made = graph(BOW_TIE)
    [first, *_] = mesh(made).ties
    later = again(made, refused(made, [first], words=ENGLISH))
    assert first.id not in {t.id for t in mesh(later).ties}
    assert any(t.stakeholder == first.stakeholder for t in mesh(later).ties)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_refused_is_told_with_its_reason_and_can_be_taken_back(language):
    made = graph(BOW_TIE)
    first, second, *_ = mesh(made).ties
    later = again(made, refused(made, [first], words=Words(language), why="They fell out. Refused: twice"))
    later = again(later, refused(later, [second], words=Words(language)))
    told = {r.action_id: (r.member, r.stakeholder, r.why) for r in refusals(later)}
    assert told == {
        first.id: (first.member, first.stakeholder, "They fell out. Refused: twice"),
        second.id: (second.member, second.stakeholder, ""),
    }
    back = taken_back(later, [first.id, "nobody's"])
    assert [a.id for a in back.removals] == [first.id]
    assert not back.puts
    kept = account_graph(RecordSet(r for r in later.records if r.id != first.id), "a", DAY)
    assert first.id in {t.id for t in mesh(kept).ties}
    assert [r.action_id for r in refusals(kept)] == [second.id]


def test_what_was_accepted_is_no_refusal():
    made = graph(BOW_TIE)
    later = again(made, accepted(made, mesh(made).ties, due=DUE, words=ENGLISH))
    assert refusals(later) == ()
    assert taken_back(later, [t.id for t in mesh(made).ties]).is_empty


def test_a_proposal_that_comes_again_opens_its_action_again():
    made = graph(BOW_TIE)
    [first, *_] = mesh(made).ties
    [action] = accepted(made, [first], due=DUE, words=ENGLISH).puts
    done = action.model_copy(update={"state": "done", "done": DAY, "version": 7})
    later = account_graph(made.records.merged([done]), "a", DAY)
    [back] = [t for t in mesh(later).ties if t.id == first.id]
    [reopened] = accepted(later, [back], due=DUE, words=ENGLISH).puts
    assert (reopened.id, reopened.version, reopened.state, reopened.done) == (action.id, 7, "open", None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_action_says_whom_to_ask(language):
    made = graph(BOW_TIE)
    tie = mesh(made).ties[0].model_copy(update={"through": "Odile"})
    [action] = accepted(made, [tie], due=DUE, words=Words(language)).puts
    assert "Odile" in action.text


def test_a_tie_that_is_there_is_revived_and_not_made_anew():
    made = graph(BOW_TIE)
    tie = mesh(made).ties[0].model_copy(update={"is_reactivated": True})
    helped = tie.model_copy(update={"through": "Odile"})
    said = [a.text for a in accepted(made, [tie, helped], due=DUE, words=ENGLISH).puts]
    assert said == [
        "Get back in touch with C1 (Seat of C1)",
        "Get back in touch with C1 (Seat of C1): Odile could help",
    ]


def test_room_is_taken_by_live_and_planned_ties_of_other_accounts():
    here, there = graph({"A": {"M": 3}}, {"A": 1}), graph(BOW_TIE, name="Other")
    object.__setattr__(there.account, "id", "b")
    plain = AnalysisSettings()
    assert elsewhere([here, there], "a", plain) == {"KAM": 8, "SAV": 1, "LOG": 1}
    assert elsewhere([here], "a", plain) == {}
    planned = graph({"A": {}, "Z": {"M": 3}}, {"A": 1, "Z": 1})
    later = again(planned, accepted(planned, mesh(planned).ties, due=DUE, words=ENGLISH))
    assert elsewhere([later], "b", plain) == {"M": 2}


def test_an_id_is_never_too_long():
    assert action_id("a", "m", "p") == "a-mesh-m-p"
    long = action_id("a", "m" * 150, "p" * 150)
    assert len(long) <= 200
    assert long == action_id("a", "m" * 150, "p" * 150) != action_id("a", "m" * 150, "q" * 150)
