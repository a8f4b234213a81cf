"""Which domains are which account."""

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange.mail import read_accounts_map


@pytest.fixture
def read(tmp_path):
    def accounts(text):
        (tmp_path / "map.csv").write_text(text, encoding="utf-8")
        return read_accounts_map(tmp_path / "map.csv")

    return accounts


@pytest.fixture
def refused(read):
    def accounts(text):
        with pytest.raises(ImportRejected) as caught:
            read(text)
        return [(p.code, p.cell) for p in caught.value.problems]

    return accounts


def test_domains_and_their_accounts(read):
    text = "domain;account\nsun.com;Sun Microsystems\n@Eng.Sun.COM;Sun Microsystems\n\nhp.com;HP\n"
    assert read(text) == {"sun.com": "Sun Microsystems", "eng.sun.com": "Sun Microsystems", "hp.com": "HP"}


def test_all_faults_are_told(refused):
    text = "domain,account\nsun,Sun\nhp.com,\nibm.com,IBM\nibm.com,Big Blue\nibm.com,ibm\n"
    assert refused(text) == [
        ("mail_not_a_domain", "L2"), ("mail_map_account", "L3"), ("mail_map_twice", "L5"),
    ]  # fmt: skip


def test_a_faulty_line_refuses_the_whole(refused):
    assert refused('domain,account\n"sun.com,Sun\n') == [("mail_map_faulty", ""), ("mail_quotes", "L2")]


def test_another_file_is_refused(refused, tmp_path):
    assert refused("a,b\n") == [("mail_no_column", "L1"), ("mail_no_column", "L1")]
    assert refused("") == [("mail_empty", "")]
    with pytest.raises(ImportRejected):
        read_accounts_map(tmp_path / "none.csv")
    with pytest.raises(ImportRejected):
        read_accounts_map(tmp_path)
