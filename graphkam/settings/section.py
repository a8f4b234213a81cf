"""What every section of the settings is."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, field_validator


def no_truth(value: Any) -> Any:
    """Refuse true and false where a number is wanted."""
    if isinstance(value, bool):  # otherwise true would be 1
        raise ValueError(value)  # noqa: TRY004 - pydantic collects this one
    return value


class Section(BaseModel):
    """A section: frozen, and nothing in it that has no name."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    _is_no_truth = field_validator("*", mode="before")(no_truth)
