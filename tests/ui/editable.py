"""A store in memory that several may write to: versions, conflicts, history, undo, as in the real one."""

from graphkam.errors import WriteConflict
from graphkam.model.changes import ChangeSet, Operation, Overtaken, Version
from graphkam.model.records import RecordSet, account_of

from .conftest import MemoryStore


class EditableStore(MemoryStore):
    """Keeps every state it had."""

    def __init__(self, records: RecordSet) -> None:
        super().__init__(RecordSet(r.model_copy(update={"version": 1}) for r in records))
        self.states = {1: self.records}
        self.done: list[Operation] = []

    def write(self, changes, operation, *, progress=None):  # noqa: ARG002 - a store's form
        for record in (*changes.puts, *changes.removals):
            now = self.records.get(type(record), record.id)
            if (now.version if now else 0) != record.version:
                self._refuse(record, now)
        self.current += 1
        stored = [
            record.model_copy(update={"version": self.current, "updated_at": operation.at})
            for record in changes.puts
        ]
        self.records = self.records.merged(stored, changes.removals)
        self.states[self.current] = self.records
        written = {"revision": self.current, "puts": len(changes.puts), "removals": len(changes.removals),
                   "account_ids": tuple(sorted(changes.account_ids))}  # fmt: skip
        self.done.append(operation.model_copy(update=written))
        return self.done[-1]

    def _refuse(self, record, now):
        read = next(
            (s.get(type(record), record.id) for r, s in self.states.items() if r == record.version), None
        )
        by = next((o for o in self.done if now and o.revision == now.version), None)
        met = Overtaken(wanted=record, read=read, now=now, by=by)
        key = "store_conflict_changed" if by and read else "store_conflict_key"
        at = by.at if by else ""
        raise WriteConflict(key, overtaken=met, who=by.who if by else "", at=at, change=record.id)

    def explained(self, error):
        return error

    def read_at(self, revision, account_ids=None):
        wanted = None if account_ids is None else {None, *account_ids}
        return RecordSet(r for r in self.states[revision] if wanted is None or account_of(r) in wanted)

    def operations(self, limit=50):
        return tuple(reversed(self.done))[:limit]

    def operation_at(self, revision):
        return next((o for o in self.done if o.revision == revision), None)

    def operations_beginning(self, beginning):
        return [o for o in self.done if o.id.startswith(beginning)]

    def reversal(self, operation, known):  # noqa: ARG002 - a store's form
        before, after = self.states[operation.revision - 1], self.states[operation.revision]
        added = [r for r in after if before.get(type(r), r.id) is None]
        changed = [
            r.model_copy(update={"version": now.version if (now := self.records.get(type(r), r.id)) else 0})
            for r in before
            if after.get(type(r), r.id) != r
        ]
        return ChangeSet(puts=tuple(changed), removals=tuple(added))

    def written(self, operation, known):  # noqa: ARG002 - a store's form
        before, after = self.states[operation.revision - 1], self.states[operation.revision]
        keys = {(type(r), r.id): None for r in (*before, *after)}
        pairs = [(before.get(*key), after.get(*key)) for key in keys]
        return tuple((old, new) for old, new in pairs if old != new)

    def history(self, kind, record_id):
        forms = {}
        for state in self.states.values():
            if (record := state.get(kind, record_id)) is not None:
                forms[record.version] = record
        by = {o.revision: o for o in self.done}
        return tuple(
            Version(record=forms[version], by=by.get(version)) for version in sorted(forms, reverse=True)
        )
