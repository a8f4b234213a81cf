import threading

import pytest

from graphkam.errors import NotAllowed, StoreUnavailable
from graphkam.model.changes import ChangeSet
from graphkam.settings import AnalysisSettings
from graphkam.ui.questions import coverage_of, newest_of, portfolio_of

from .conftest import DAY


def test_an_answer_is_worked_out_once(stage):
    first = stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.desk.answer(coverage_of, "bow", DAY) is first
    assert stage.store.reads == 1


def test_another_day_is_another_answer(stage):
    first = stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.desk.answer(coverage_of, "bow", DAY.replace(year=2027)) != first


def test_another_day_needs_no_reading(stage):
    stage.desk.answer(coverage_of, "bow", DAY)
    stage.desk.answer(coverage_of, "bow", DAY.replace(year=2027))
    assert stage.store.reads == 1


def test_what_was_read_for_all_accounts_serves_the_pages_of_each(stage):
    stage.desk.overview(newest_of, DAY)
    stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.store.reads == 1


def test_who_may_be_there_twice_is_looked_for_once(stage):
    first = stage.desk.duplicates("bow")
    reads = stage.store.reads
    assert stage.desk.duplicates("bow") is first
    assert stage.store.reads == reads
    stage.store.current += 1
    stage.desk.duplicates("bow")
    assert stage.store.reads > reads


def test_many_accounts_are_not_kept(stage, monkeypatch):
    monkeypatch.setattr("graphkam.ui.desk._FEW", 1)
    assert [row.account for row in stage.desk.overview(coverage_of, DAY)] == ["Bow tie", "Diamond"]
    stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.store.reads == 2


def test_the_ten_questions_of_one_page_ask_once_whether_anybody_wrote(stage, monkeypatch):
    monkeypatch.setattr("graphkam.ui.desk._FRESH", 60)
    for _ in range(10):
        stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.store.asked == 1


def test_what_one_wrote_oneself_is_seen_at_once(stage, monkeypatch):
    monkeypatch.setattr("graphkam.ui.desk._FRESH", 60)
    before = stage.desk.graph("bow", DAY)
    stage.desk.apply(ChangeSet(puts=(before.account.model_copy(update={"name": "Bow"}),)), what="edit")
    assert stage.desk.graph("bow", DAY).account.name == "Bow"


def test_what_is_asked_on_the_way_is_of_the_same_revision(stage):
    """A write in the middle of an answer must not leave an answer of before for one of after."""

    def asked_in_the_middle(graph, _):
        stage.store.current += 1
        return graph

    first = stage.desk.answer(asked_in_the_middle, "bow", DAY)
    assert stage.desk.graph("bow", DAY) is not first


def test_after_a_write_nothing_kept_is_given(stage):
    stage.desk.answer(coverage_of, "bow", DAY)
    stage.store.current += 1
    stage.desk.answer(coverage_of, "bow", DAY)
    assert stage.store.reads == 2


def test_the_policy_is_asked_before_anything_is_kept(stage, monkeypatch):
    def refuse(*_):
        raise NotAllowed("not_allowed", act="read")

    monkeypatch.setattr("graphkam.workspace.guarded.require", refuse)
    with pytest.raises(NotAllowed):
        stage.desk.answer(coverage_of, "bow", DAY)
    with pytest.raises(NotAllowed):
        stage.desk.answer(coverage_of, "bow", DAY)


def test_a_failed_store_is_opened_anew(stage):
    stage.desk.accounts()
    stage.store.failure = StoreUnavailable("no_accounts")
    with pytest.raises(StoreUnavailable):
        stage.desk.accounts()
    stage.store.failure = None
    assert len(stage.desk.accounts()) == 2
    assert stage.opened == 2


def test_several_readers_share_one_answer(stage):
    found = []
    readers = [
        threading.Thread(target=lambda: found.append(stage.desk.answer(coverage_of, "dia", DAY)))
        for _ in range(4)
    ]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert len({id(answer) for answer in found}) == 1
    assert stage.opened == stage.store.reads == 1


def test_all_accounts_in_columns_are_read_once_for_all_days_and_kept_until_the_next_write(stage):
    days = (DAY.replace(year=2025), DAY)
    first = stage.desk.overall(portfolio_of, days, "account")
    assert [row.account for row in first.accounts] == ["Bow tie", "Diamond"]
    assert len(first.trend[0].points) == 2
    stage.desk.overall(portfolio_of, (DAY,), "member")
    assert stage.store.reads == 1
    assert stage.desk.overall(portfolio_of, days, "account") is first
    stage.store.current += 1
    assert stage.desk.overall(portfolio_of, days, "account") is not first


def test_of_all_accounts_none_is_left_out(stage):
    days = stage.desk.act(lambda workspace: workspace.columns([DAY]))
    assert len(portfolio_of(days, AnalysisSettings(top=1)).accounts) == 2


def test_closing_does_not_wait_for_an_answer_that_takes_long(stage, monkeypatch):
    monkeypatch.setattr("graphkam.ui.desk._PATIENCE", 0.05)
    begun, done = threading.Event(), threading.Event()

    def slow(*_):
        begun.set()
        assert done.wait(10)

    reader = threading.Thread(target=stage.desk.overview, args=(slow, DAY))
    reader.start()
    assert begun.wait(10)
    stage.desk.close()
    done.set()
    reader.join()
