"""Addresses are read or refused, never guessed; roles, lists and free mail are told apart."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graphkam.exchange.codes import read_email
from graphkam.exchange.mail_addresses import (
    _PLAIN,
    Kind,
    Sorter,
    free_mail_domains,
    parse_address,
    read_domain,
    role_addresses,
    split_addresses,
)

SORTER = Sorter(["ours.example"], free_mail_domains(), role_addresses())


@pytest.mark.parametrize(
    ("text", "address", "name"),
    [
        ("anne@client.fr", "anne@client.fr", ""),
        (" <Anne@Client.FR> ", "anne@client.fr", ""),
        ("Anne Roy <anne@client.fr>", "anne@client.fr", "Anne Roy"),
        ('"Roy, Anne" <anne@client.fr>', "anne@client.fr", "Roy, Anne"),
        ("anne@client.fr (Anne Roy)", "anne@client.fr", "Anne Roy"),
        ("anne+news@client.fr", "anne@client.fr", ""),
        ("mailto:anne@client.fr", "anne@client.fr", ""),
        ("anne@client.fr <anne@client.fr>", "anne@client.fr", ""),
        ("<script>alert(1)</script> <anne@client.fr>", None, ""),
        ('"  \u200b " <anne@client.fr>', "anne@client.fr", ""),
        ("e\u0301lodie@client.fr", "élodie@client.fr", ""),
        ("anne@bücher.de", "anne@bücher.de", ""),
        ("anne@xn--bcher-kva.de", "anne@bücher.de", ""),
    ],
)
def test_an_address_has_one_form(text, address, name):
    found = parse_address(text)
    assert (found.address if found else None, found.name if found else "") == (address, name)


@pytest.mark.parametrize(
    "text",
    [
        "", "anne", "anne@", "@client.fr", "anne@client@fr", "anne@@client.fr", "anne roy@client.fr",
        "anne@localhost", "anne@[10.0.0.1]", "anne@client.fr.", "anne@.client.fr", "anne@-client.fr",
        "an\0ne@client.fr", "+tag@client.fr", "a..b@client.fr", "anne@client.fr, bob@client.fr",
        "anne@" + "x" * 64 + ".fr", "anne@client.fr\nBcc: x@y.fr",
        "<anne@client.fr> <bob@client.fr>",
    ],
)  # fmt: skip
def test_what_is_malformed_is_not_guessed(text):
    assert parse_address(text) is None


def test_a_name_of_absurd_length_is_no_name():
    assert parse_address(f"{'x' * 501} <a@b.fr>").name == ""


@given(st.text("ab1-_.'+%", min_size=1, max_size=6), st.lists(st.text("ax1-", max_size=6), max_size=4))
@example("a", ["b", "fr"])
@example("o'neil", ["a-b", "c1"])
@example("a", ["xn--a", "fr"])
def test_the_quick_way_reads_as_the_exact_one(local, labels):
    address = f"{local}@{'.'.join(labels)}"
    if _PLAIN.fullmatch(address):
        assert read_email(address) == address


@given(st.text(max_size=60))
def test_no_text_makes_the_reader_stumble(text):
    found = parse_address(text)
    assert found is None or (found.address.count("@") == 1 and found.local and "." in found.domain)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("a@b.fr", ["a@b.fr"]),
        ("a@b.fr;c@d.fr; ;", ["a@b.fr", "c@d.fr"]),
        ('"Roy; Anne" <a@b.fr>;c@d.fr', ['"Roy; Anne" <a@b.fr>', "c@d.fr"]),
        (r'"Roy \";\" A" <a@b.fr>;c@d.fr', [r'"Roy \";\" A" <a@b.fr>', "c@d.fr"]),
        ("a@b.fr (Roy; Anne);c@d.fr", ["a@b.fr (Roy; Anne)", "c@d.fr"]),
        (" ", []),
    ],
)
def test_recipients_are_divided(text, parts):
    assert split_addresses(text, ";") == parts


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("claire@ours.example", Kind.OURS),
        ("CLAIRE@OURS.EXAMPLE", Kind.OURS),
        ("claire@lab.ours.example", Kind.PERSON),
        ("anne@sun.com", Kind.PERSON),
        ("anne@hotmail.com", Kind.FREE_MAIL),
        ("no-such-thing", Kind.MALFORMED),
        ("x" * 2000 + "@sun.com", Kind.MALFORMED),
        *((f"{role}@sun.com", Kind.NOBODY) for role in (
            "list-eefb6439", "info", "sales", "support", "noreply", "no-reply", "postmaster", "mailer-daemon",
            "webmaster", "abuse", "admin", "contact", "newsletter", "bounce", "bounce-123", "staff",
        )),
        ("info@ours.example", Kind.NOBODY),
        ("bounces+anne=sun.com@sun.com", Kind.NOBODY),
        ("staff-8d05ce3a@ours.example", Kind.OURS),
        ("listowska@sun.com", Kind.PERSON),
        ("salesa@sun.com", Kind.PERSON),
    ],
)  # fmt: skip
def test_who_is_who(text, kind):
    assert SORTER.sort(text)[0] is kind
    assert SORTER.sort(text)[0] is kind


def test_more_can_be_no_people():
    sorter = Sorter(["ours.example"], (), [*role_addresses(), "Plant*", "*-desk", "reception"])
    found = [sorter.sort(f"{local}@sun.com")[0] for local in ("plant-7", "night-desk", "reception", "anne")]
    assert found == [Kind.NOBODY, Kind.NOBODY, Kind.NOBODY, Kind.PERSON]


def test_the_list_of_free_mail_is_long_and_has_no_company_in_it():
    domains = free_mail_domains()
    assert len(domains) > 300
    assert domains >= {"gmail.com", "hotmail.com", "aol.com", "netscape.net", "orange.fr", "gmx.de", "qq.com"}
    assert not domains & {"netscape.com", "sun.com", "acm.org", "w3.org", "ibm.com", "hp.com", "oracle.com"}
    assert not domains & {"microsoft.com", "apple.com", "google.com", "ieee.org", "mit.edu", "cern.ch"}
    assert {domain: read_domain(domain) for domain in domains} == {domain: domain for domain in domains}


@pytest.mark.parametrize(
    ("text", "domain"),
    [("@W3.org ", "w3.org"), ("w3.org", "w3.org"), ("w3", None), ("a@w3.org", None), ("", None)],
)
def test_a_domain_as_people_type_it(text, domain):
    assert read_domain(text) == domain
