"""Where the boxes of a map were put by hand: an arrangement that everybody who may see the account shares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field

from graphkam.model.base import Frozen

MOST = 5_000
"""Boxes of one map that can have been moved."""
Offset = Annotated[float, Field(ge=-1e6, le=1e6, allow_inf_nan=False)]
Place = tuple[Annotated[str, Field(max_length=220)], Offset, Offset]
"""The box around, and how far right of and below its corner: there it stays when that box moves."""


class MapPlaces(Frozen):
    """The places of one map."""

    account_id: str
    view: str
    unit: str = ""
    """Id of the unit that the map is limited to."""
    places: Mapping[Annotated[str, Field(max_length=220)], Place] = Field(default={}, max_length=MOST)
    version: int = 0
    """Grows with every change; 0 = nothing is kept."""
    who: str = ""
    at: str = ""
    """When it was kept, UTC, ISO 8601."""

    @property
    def key(self) -> str:
        """What it is kept under."""
        return f"{self.account_id}/{self.view}/{self.unit}"
