"""The contact plan on the command line: what other programs rely on, acceptance, refusal, undoing."""

import pytest

from tests.endtoend.conftest import DAY

pytestmark = pytest.mark.store


def test_the_plan_counts_what_is_kept_in_other_accounts(demo):
    found = demo.ask("mesh", "Groupe Aubrévoie", *DAY)
    assert {"ties", "cost", "short", "before", "after"} <= set(found)
    assert sum(t["cost"] for t in found["ties"]) == pytest.approx(found["cost"])
    [claire] = [m for m in found["members"] if m["member_id"] == "CV"]
    assert (claire["live"], claire["elsewhere"], claire["capacity"], claire["over"]) == (14, 8, 14, 8)
    assert len([h for h in found["handovers"] if h["member_id"] == "CV"]) == 8
    assert found["before"]["c2"] < found["after"]["c2"]


def test_accepted_proposals_become_actions_once_and_can_be_taken_back(demo):
    before = demo.ask("mesh", "Navalis", *DAY)
    assert len(before["ties"]) == 3
    assert "--yes" in demo.run("mesh", "Navalis", *DAY, "--accept", code=2).stderr
    assert "3 ties to make" in demo.run("mesh", "Navalis", *DAY, "--accept", "--dry-run").stdout
    done = demo.ask("mesh", "Navalis", *DAY, "--accept", "--yes")
    assert (done["ties"], done["operation"]["what"]) == (before["ties"], "mesh")
    assert done["operation"]["puts"] == 3
    after = demo.ask("mesh", "Navalis", *DAY, "--accept", "--yes")
    assert (after["ties"], len(after["planned"]), after["operation"]) == ([], 3, None)
    assert after["after"]["c2"] == before["after"]["c2"]
    owners = {i["act"] for i in demo.ask("week", "Navalis", "--as-of", "2027-01-23")["week"]}
    assert owners & {t["member"] for t in before["ties"]}
    demo.run("undo", "--yes")
    assert demo.ask("mesh", "Navalis", *DAY)["ties"] == before["ties"]


def test_a_refused_proposal_is_not_made_again(demo):
    wrong = demo.run("mesh", "Navalis", *DAY, "--refuse", "Mars", code=2)
    assert wrong.stderr.startswith("Nothing is called")
    done = demo.ask("mesh", "Navalis", *DAY, "--refuse", "Sabrina Courtois", "--yes")
    assert done["operation"]["puts"] == 1
    after = demo.ask("mesh", "Navalis", *DAY)
    assert {t["id"] for t in after["ties"]} == {t["id"] for t in done["ties"]}
    assert [t["member"] for t in after["ties"] if t["stakeholder"] == "Sabrina Courtois"] != [
        "Hélène Brochard"
    ]
    demo.run("undo", "--yes")
