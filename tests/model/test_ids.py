"""What new records are called."""

from hypothesis import given
from hypothesis import strategies as st

from graphkam.model.ids import Ids, slug
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import TeamMember
from graphkam.model.ties import ContactTie


def test_ids_are_short_and_go_on_from_the_last():
    ids = Ids({"AUB-p007", "AUB-p9", "NAV-p003"})
    assert [ids.new(Position, {"account_id": "AUB"}) for _ in range(2)] == ["AUB-p010", "AUB-p011"]
    assert ids.new(OrgUnit, {"account_id": "AUB"}) == "AUB-u001"
    assert ids.new(TeamMember, {"last_name": "Le Guirec", "first_name": "Yann"}) == "YLG"
    assert ids.new(TeamMember, {"last_name": "Le Guirec", "first_name": "Yves"}) == "YLG-2"
    assert ids.new(TeamMember, {"last_name": "Martin"}) == "MA"
    assert ids.new(Account, {"name": "Groupe Aubrévoie"}) == "groupe-aubrevoie"
    assert ids.new(ContactTie, {"member_id": "CV", "person_id": "AUB-n001"}) == "CV~AUB-n001"


def test_slugs_are_whole_words():
    assert slug("Société Générale de Belgique et d'Outremer") == "societe-generale-de"
    assert slug("!!!") == "x"
    assert slug("王小明") == "王小明"


@given(st.lists(st.text(max_size=30), max_size=30))
def test_no_id_is_given_twice(names):
    ids = Ids(())
    made = [ids.new(Account, {"name": name}) for name in names]
    assert len(set(made)) == len(made)
    assert all(0 < len(one) <= 200 for one in made)
