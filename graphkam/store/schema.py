"""The schema: its version, its constraints and indexes, each a statement of its own."""

from __future__ import annotations

from collections.abc import Mapping

SCHEMA_VERSION = 2
"""1: records, writes. 2: versions are revisions, and earlier forms are kept."""

CONSTRAINTS: Mapping[str, int] = {"record_key": 1, "operation_id": 1, "meta_id": 1, "past_key": 2}
"""Constraints, each with the schema version since when it is required."""

INDEXES = ("past_record", "past_until", "operation_revision")
"""Indexes: without one a store is slower, but right."""
