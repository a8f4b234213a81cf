"""A mail log as accounts, people and ties: the rule of the design, and what is said of bad logs."""

import gzip
import os
from datetime import date
from pathlib import Path

import pytest

from graphkam.errors import ImportRejected
from graphkam.exchange import mail_lines, mail_log
from graphkam.exchange.mail import read_mail
from graphkam.exchange.problems import told
from graphkam.model.contact_level import last_contact_on, level_on
from graphkam.model.integrity import check
from graphkam.model.organisation import Account, OrgUnit, Position
from graphkam.model.people import Holding, Person, TeamMember
from graphkam.model.records import RecordSet
from graphkam.model.ties import ContactTie, Mandate
from graphkam.text import LANGUAGES, Words

DAY = date(2001, 6, 30)

LOG = """
2001-03-01 claire@ours.example anne@client.fr
2001-04-02 anne@client.fr      claire@ours.example
2001-05-03 anne@client.fr      claire@ours.example;henri@ours.example
2001-06-04 claire@ours.example anne@client.fr;bob@client.fr
2001-07-05 claire@ours.example carl@other.de
"""


def csv_of(lines):
    """Give a log typed as lines of day, sender and recipients."""
    rows = (line.split(None, 2) for line in lines.strip().splitlines())
    return "\n".join(["at,sender,recipient", *(f"{d}T10:00:00Z,{s},{r.strip()}" for d, s, r in rows)])


@pytest.fixture
def read(tmp_path):
    """Read a log with some content."""

    def mail(content=LOG, known=(), *, name="log.csv", team=("ours.example",), as_of=DAY, **options):
        path = tmp_path / name
        content = csv_of(content) if isinstance(content, str) and content.startswith("\n") else content
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_mail(path, team_domains=team, known=RecordSet(known), as_of=as_of, **options)

    return mail


@pytest.fixture
def refused(read):
    """Give the codes of the faults for which a log is refused."""

    def mail(*args, **options):
        with pytest.raises(ImportRejected) as caught:
            read(*args, **options)
        for problem in caught.value.problems:
            for language in LANGUAGES:
                assert told(problem, Words(language))
        return [p.code for p in caught.value.problems if p.severity == "error"]

    return mail


def warned(log):
    return {problem.code: problem for problem in log.warnings}


def tie(log, member, person):
    return log.records.get(ContactTie, f"{member}~ours.example~{person}")


# ------------------------------------------------------------------ what becomes of it


def test_accounts_are_domains_and_people_their_addresses(read):
    log = read()
    assert [(a.id, a.name) for a in log.records.of(Account)] == [
        ("client.fr", "client.fr"),
        ("other.de", "other.de"),
    ]
    assert {p.email: (p.account_id, p.last_name) for p in log.records.of(Person)} == {
        "anne@client.fr": ("client.fr", "anne"),
        "bob@client.fr": ("client.fr", "bob"),
        "carl@other.de": ("other.de", "carl"),
    }
    assert {m.email for m in log.records.of(TeamMember)} == {"claire@ours.example", "henri@ours.example"}
    assert (log.counts.messages, log.counts.kept, log.counts.dropped) == (5, 5, {})
    assert (log.counts.accounts, log.counts.people, log.counts.members, log.counts.ties) == (2, 3, 2, 4)


def test_records_hold_together(read):
    log = read()
    assert check(log.records) == ()
    assert {record.origin for record in log.records} == {"log.csv (mail log)"}
    named = [r for kind in (Account, OrgUnit, Person, Position, TeamMember) for r in log.records.of(kind)]
    assert len({record.id for record in named}) == len(named)


def test_a_person_has_a_position_of_which_nothing_is_known_since_the_first_message(read):
    log = read()
    [unit] = [u for u in log.records.of(OrgUnit) if u.account_id == "client.fr"]
    [held] = [h for h in log.records.of(Holding) if h.person_id == "anne~client.fr"]
    post = log.records.get(Position, held.position_id)
    assert (unit.name, unit.kind, post.unit_id, post.weight) == ("client.fr", "group", unit.id, None)
    assert (post.since, held.since, held.until) == ("2001-03-01", "2001-03-01", None)


def test_members_have_a_mandate_since_their_first_message(read):
    since = {(m.member_id, m.account_id): m.since for m in read().records.of(Mandate)}
    assert since == {
        ("claire~ours.example", "client.fr"): "2001-03-01",
        ("henri~ours.example", "client.fr"): "2001-05-03",
        ("claire~ours.example", "other.de"): "2001-07-05",
    }


def test_a_tie_keeps_all_its_days_in_order_whatever_the_day_of_the_import(read):
    found = tie(read(as_of=date(1999, 1, 1)), "claire", "anne~client.fr")
    assert found.days_out == (date(2001, 3, 1), date(2001, 6, 4))
    assert found.days_in == (date(2001, 4, 2), date(2001, 5, 3))
    assert (found.level, found.last_contact, found.stated_on) == (None, None, None)


def test_the_strongest_is_proposed_as_owner_and_the_next_as_backup(read):
    log = read()
    kinds = {t.id: (t.kind, t.proposed) for t in log.records.of(ContactTie)}
    assert kinds == {
        "claire~ours.example~anne~client.fr": ("owner", True),
        "henri~ours.example~anne~client.fr": ("backup", True),
        "claire~ours.example~bob~client.fr": ("owner", True),
        "claire~ours.example~carl~other.de": ("contact", None),  # not before the day
    }


def test_of_two_equally_strong_the_first_by_name_is_proposed(read):
    log = read("\n2001-06-01 Zoe_<b@ours.example> x@client.fr\n2001-06-01 Ada_<z@ours.example> x@client.fr\n")
    assert tie(log, "z", "x~client.fr").kind == "owner"
    assert tie(log, "b", "x~client.fr").kind == "backup"


def test_the_newest_name_counts(read):
    log = read(
        "at,sender,recipient\n"
        "2001-02-01,Anne Roy <anne@client.fr>,claire@ours.example\n"
        '2001-06-01,"=\u200bAnne  Duval <anne@client.fr>",Claire V <claire@ours.example>\n'
        "2001-06-02,anne@client.fr,claire@ours.example\n"
        "2001-01-01,Anne Old <anne@client.fr>,claire@ours.example\n"
    )
    assert [p.name for p in log.records.of(Person)] == ["=Anne Duval"]
    assert [m.name for m in log.records.of(TeamMember)] == ["Claire V"]


def test_a_message_counts_once_per_pair_and_direction(read):
    log = read("\n2001-06-01 anne@client.fr claire@ours.example;claire@ours.example;Claire@Ours.Example\n")
    assert tie(log, "claire", "anne~client.fr").days_in == (date(2001, 6, 1),)
    assert log.counts.kept == 1


def test_days_are_those_of_utc(read):
    log = read("at,sender,recipient\n2001-06-30T23:30:00-05:00,anne@client.fr,claire@ours.example\n")
    assert tie(log, "claire", "anne~client.fr").days_in == (date(2001, 7, 1),)


def test_hosts_of_a_domain_are_accounts_of_their_own_unless_mapped(read):
    lines = "\n2001-06-01 a@sun.com c@ours.example\n2001-06-01 b@eng.sun.com c@ours.example\n"
    assert [a.id for a in read(lines).records.of(Account)] == ["eng.sun.com", "sun.com"]
    mapped = read(lines, accounts_map={"sun.com": "Sun Microsystems", "eng.sun.com": "Sun Microsystems"})
    [account] = mapped.records.of(Account)
    assert (account.id, account.name) == ("sun-microsystems", "Sun Microsystems")
    assert {p.account_id for p in mapped.records.of(Person)} == {account.id}


def test_two_account_names_with_the_same_short_form_stay_two(read):
    lines = "\n2001-06-01 a@a.com c@ours.example\n2001-06-01 b@b.com c@ours.example\n"
    log = read(lines, accounts_map={"a.com": "Sun (US)", "b.com": "Sun, US"})
    assert len({a.id for a in log.records.of(Account)}) == 2


def test_free_mail_is_no_account_unless_wanted_or_mapped(read):
    lines = "\n2001-06-01 a@hotmail.com c@ours.example\n2001-06-01 b@sun.com c@ours.example\n"
    log = read(lines)
    assert [a.id for a in log.records.of(Account)] == ["sun.com"]
    assert (log.counts.dropped, warned(log)["mail_dropped_free_mail"].params) == (
        {"free_mail": 1},
        {"count": 1},
    )
    assert len(read(lines, keep_free_mail=True).records.of(Account)) == 2
    assert len(read(lines, accounts_map={"hotmail.com": "Freelances"}).records.of(Account)) == 2


def test_small_and_silent_ones_can_be_left_out(read):
    log = read(min_people=2)
    assert [a.id for a in log.records.of(Account)] == ["client.fr"]
    assert warned(log)["mail_left_out"].params["count"] == 1
    later = date(2002, 5, 3)
    assert len(read(as_of=later, active_within=334).records.of(Person)) == 3
    assert [p.last_name for p in read(as_of=later, active_within=333).records.of(Person)] == ["carl"]


def test_the_silent_are_counted_where_they_are_kept(read):
    log = read(as_of=date(2002, 6, 4))
    silent = warned(log)["mail_silent"].params
    assert (silent["count"], silent["people"]) == (2, 3)
    assert "mail_silent" not in warned(read(as_of=date(2002, 6, 3)))


def test_a_day_before_the_log_is_said(read):
    assert "mail_all_later" in warned(read(as_of=date(1999, 1, 1)))


def test_gzip_and_mbox_say_the_same_as_csv(read):
    plain = read("at,sender,recipient\n2001-06-30T08:00:00Z,Anne <anne@client.fr>,claire@ours.example\n")
    packed = read(gzip.compress(csv_of(LOG).encode()), name="log.csv.gz")
    mbox = read(
        "From x Sat Jun 30 10:00:00 2001\nFrom: Anne <anne@client.fr>\nSubject: Canary\n"
        "To: claire@ours.example\n"
        "Date: Sat, 30 Jun 2001 10:00:00 +0200\n\nCanary canary@client.fr\n",
        name="log.mbox",
    )

    def content(log):
        return [r.model_copy(update={"origin": ""}) for r in log.records]

    assert content(packed) == content(read())
    assert content(mbox) == content(plain)
    assert "anary" not in repr((list(mbox.records), mbox.warnings, mbox.counts))


# ------------------------------------------------------------------ what is wrong with it


def test_59_other_encodings_are_read_and_said(read):
    lines = "at,sender,recipient\n2001-06-01,Hélène <h@client.fr>,claire@ours.example\n"
    for encoding, code in (("utf-8-sig", None), ("utf-16", "mail_utf16"), ("cp1252", "mail_cp1252")):
        log = read(lines.encode(encoding))
        assert [p.name for p in log.records.of(Person)] == ["Hélène"]
        assert (set(warned(log)) & {"mail_utf16", "mail_cp1252"}) == ({code} if code else set())


def test_60_to_64_faulty_lines_are_told_with_their_numbers_and_the_rest_is_read(read):
    log = read(
        "at;sender;recipient\n"
        "2001-06-01;anne@client.fr;claire@ours.example\n"
        '2001-06-01;"anne@client.fr;claire@ours.example\n'
        "2001-06-01;anne@client.fr\n"
        "31/06/2001;anne@client.fr;claire@ours.example\n"
        "2001-06-02;anne@client.fr;claire@ours.example\n"
    )
    found = {code: p.cell for code, p in warned(log).items() if p.cell}
    assert found == {
        "mail_no_zone": "L2", "mail_quotes": "L3", "mail_ragged": "L4", "mail_no_time": "L5",
    }  # fmt: skip
    assert len(tie(log, "claire", "anne~client.fr").days_in) == 2
    assert (log.counts.messages, log.counts.kept, log.counts.dropped) == (5, 2, {"unreadable": 3})


def test_63_a_bomb_is_refused(refused, monkeypatch):
    monkeypatch.setattr(mail_lines, "SURELY_HARMLESS", 1 << 20)
    assert refused(gzip.compress(csv_of(LOG).encode() + b"x" * (64 << 20))) == ["mail_bomb"]


def test_65_naive_times_are_utc_and_said_zoned_ones_are_not(read):
    log = read("at,sender,recipient\n" + "2001-06-01T23:00:00,anne@client.fr,c@ours.example\n" * 3)
    assert warned(log)["mail_no_zone"].count == 3
    assert "mail_no_zone" not in warned(read())


def test_66_malformed_addresses_are_counted_and_told_the_first_of_each(read):
    rows = "".join(f"2001-06-01,bad{i}@,claire@ours.example\n" for i in range(50)) * 2
    log = read("at,sender,recipient\n" + rows + "2001-06-02,anne@client.fr,claire@ours.example;x@y@z\n")
    bad = [p for p in log.warnings if p.code == "mail_address"]
    assert (len(bad), sum(p.count for p in bad), log.counts.kept) == (7, 101, 1)
    assert (bad[0].cell, bad[0].value, bad[0].count) == ("L2", "bad0@", 2)
    assert log.counts.dropped == {"address": 100}


def test_66_idn_domains_are_read(read):
    log = read("\n2001-06-01 a@bücher.de c@ours.example\n2001-06-02 b@xn--bcher-kva.de c@ours.example\n")
    assert [a.name for a in log.records.of(Account)] == ["bücher.de"]


def test_67_a_line_without_end_is_passed_over(read):
    head, row = "at,sender,recipient\n", "2001-06-01,anne@client.fr,claire@ours.example\n"
    log = read(head + "x" * 1_000_000 + "\n" + row)
    assert warned(log)["mail_long_line"].cell == "L2"
    assert log.counts.people == 1


def test_68_damaged_headers_of_an_mbox_are_told(read):
    good = "From x Sat Jun 30 10:00:00 2001\nFrom: anne@client.fr\nTo: claire@ours.example\n"
    log = read(
        f"{good}Date: 30 Jun 2001 10:00:00 +0000\n\n{good}Date: soon\nrubbish\n\n\0\n", name="log.mbox"
    )
    assert {"mail_broken_header", "mail_no_time"} <= set(warned(log))
    assert log.counts.people == 1


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "mail_empty"),
        (b"\n\n", "mail_empty"),
        (gzip.compress(b"", mtime=0), "mail_empty"),
        (b"at,sender,recipient\n", "mail_empty"),
        (b"at,sender,recipient\n2001-06-01,list-1@w3.org,claire@ours.example\n", "mail_nobody"),
        (b"at,sender,recipient\n2001-06-01,a@gmail.com,claire@ours.example\n", "mail_nobody"),
        (b"at,sender,recipient\n2001-06-01,henri@ours.example,claire@ours.example\n", "mail_nobody"),
        (b"at,sender,recipient\nnever,anne@client.fr,claire@ours.example\n", "mail_nobody"),
        (b"at,sender,recipient\n2001-06-01,a@sun.com,b@hp.com\n", "mail_none_of_ours"),
        (gzip.compress(b"at,sender,recipient\n", mtime=0)[:-6], "mail_damaged"),
        (b"\x1f\x8b rubbish", "mail_damaged"),
        (b"PK\x03\x04\0\0\0", "mail_no_column"),
        ("at,sender,recipient\n".encode("utf-16-le"), "mail_no_column"),
        (b"\xff\xfe\0", "mail_no_column"),
    ],
)
def test_69_and_70_what_holds_nothing_is_refused(refused, content, code):
    assert set(refused(content)) == {code}


def test_the_most_frequent_domains_are_named_where_ours_is_not_met(read):
    with pytest.raises(ImportRejected) as caught:
        read(team=("our.example",))
    assert caught.value.problems[0].params["frequent"][0] == "ours.example"


def test_options_that_leave_nobody_are_refused(refused):
    assert refused(min_people=9) == ["mail_all_left_out"]
    assert refused(team=("ours",)) == ["mail_not_a_domain"]


def test_too_many_people_are_refused(refused, monkeypatch):
    monkeypatch.setattr(mail_log, "MOST_ADDRESSES", 2)
    assert refused() == ["mail_too_many"]


def test_no_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(ImportRejected):
            read_mail(path, team_domains=["ours.example"], known=RecordSet(), as_of=DAY)


def test_67_what_has_no_end_is_not_read():
    with pytest.raises(ImportRejected) as caught:
        read_mail(Path(os.devnull), team_domains=["ours.example"], known=RecordSet(), as_of=DAY)
    assert [p.code for p in caught.value.problems] == ["not_a_file"]


def test_every_warning_has_its_words(read):
    log = read(as_of=date(2003, 1, 1), min_people=2)
    assert log.warnings
    for language in LANGUAGES:
        assert all(told(problem, Words(language)) for problem in log.warnings)


# ------------------------------------------------------------------ a real log


@pytest.fixture(scope="module")
def w3c(needs_data):
    path = needs_data("w3c-mail/interactions.csv.gz")
    return read_mail(path, team_domains=["w3.org"], known=RecordSet(), as_of=DAY)


@pytest.mark.data
@pytest.mark.parametrize(
    ("account", "people", "members", "covered", "twice"),
    [("sun.com", 16, 11, 3, 0), ("netscape.com", 12, 12, 3, 1), ("acm.org", 11, 25, 4, 1)],
)
def test_three_real_accounts_have_the_figures_of_the_oracle(w3c, account, people, members, covered, twice):
    held = {
        h.person_id for h in w3c.records.of(Holding) if h.account_id == account and h.since <= DAY.isoformat()
    }
    mandates = [m for m in w3c.records.of(Mandate) if m.account_id == account and m.since <= DAY.isoformat()]
    live = dict.fromkeys(held, 0)
    for t in w3c.records.of(ContactTie):
        level, last = level_on(t.days_out, t.days_in, DAY), last_contact_on(t.days_out, t.days_in, DAY)
        if t.person_id in live and level >= 2 and level * 2 ** (-(DAY - last).days / 180) >= 1:
            live[t.person_id] += 1
    assert (len(held), len(mandates)) == (people, members)
    assert sum(n >= 1 for n in live.values()) == covered
    assert sum(n >= 2 for n in live.values()) == twice


@pytest.mark.data
def test_a_real_log_is_whole(w3c):
    assert w3c.counts.messages == 78_995
    assert w3c.counts.kept + sum(w3c.counts.dropped.values()) == 78_995
    assert check(w3c.records) == ()
