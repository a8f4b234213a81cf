"""What the user says beforehand of how an import is to go."""

from __future__ import annotations

from enum import StrEnum

from graphkam.model.base import Frozen
from graphkam.model.clashes import Side


class Mode(StrEnum):
    """What becomes of that of which a file does not speak."""

    MERGE = "merge"
    """It stays."""
    REPLACE = "replace"
    """It is deleted."""


class Choices(Frozen):
    """How an import is to go."""

    prefer: Side | None = None
    """Whose word counts where file and store clash; None = nothing is written then."""
    mode: Mode = Mode.MERGE
    scope: str | None = None
    """Id of the only account that is to be changed; None = all of which the file speaks."""
    renames: bool | None = None
    """Whether what looks renamed is; None = nothing is written before that is said."""
    duplicates: bool | None = None
    """Whether new people who look like known ones are these; None = they are not, and it is told."""


AS_IT_COMES = Choices()
