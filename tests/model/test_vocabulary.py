"""The lists of values and the enumerations say the same."""

import pytest

from graphkam.model import vocabulary as v


@pytest.mark.parametrize(
    ("enumeration", "name"),
    [
        (v.Occupancy, "occupancy"),
        (v.PersonStatus, "person_status"),
        (v.ContactKind, "know_kind"),
        (v.BuyingRole, "buying_role"),
        (v.DecisionRule, "decision_rule"),
        (v.UnitKind, "unit_kind"),
        (v.LinkKind, "link_kind"),
        (v.Attribute, "assessment_attribute"),
    ],
)
def test_enumerations_are_the_lists(enumeration, name):
    assert [member.value for member in enumeration] == [c.code for c in v.choices(name)]


def test_no_label_of_a_list_means_two_codes():
    for name in v._lists():
        meant: dict[str, str] = {}
        for choice in v.choices(name):
            for word in {choice.code, choice.en.casefold(), choice.fr.casefold()}:
                assert meant.setdefault(word, choice.code) == choice.code, (name, word)


def test_role_names_of_other_methods_are_understood():
    assert v.role_of("Economic Buyer") is v.BuyingRole.DECIDER
    assert v.role_of("technical buyer") is v.BuyingRole.INFLUENCER
    assert v.role_of("Prescripteur") is v.BuyingRole.INFLUENCER
    assert v.role_of("Economic Decision Maker") is v.BuyingRole.DECIDER
    assert v.role_of("coffee drinker") is None
    assert v.role_of("") is None


def test_no_name_of_another_method_means_two_roles():
    meant: dict[str, v.BuyingRole] = {}
    for row in v.crosswalk():
        for name in row.names:
            assert meant.setdefault(name.casefold(), row.role) is row.role, name


def test_the_crosswalk_has_every_role_once():
    assert [row.role for row in v.crosswalk()] == list(v.BuyingRole)
