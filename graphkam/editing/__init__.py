"""What a user says, made into changes: a fact, a person, a tie, a change of holder, an end.

Each function takes the records as the user saw them and gives a
:class:`~graphkam.model.changes.ChangeSet`; nothing is written here. What must hold of an account as a whole
is checked where every write is, in :meth:`graphkam.workspace.Workspace.apply`, and what somebody else wrote
meanwhile is noticed there, by the versions that the records were read with.
"""
