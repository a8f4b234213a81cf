"""How findings are made, and the order and number in which they are told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from graphkam.errors import Param
from graphkam.model.base import Finding, Severity

_RANK = {severity: i for i, severity in enumerate(reversed(Severity))}


def finding(
    code: str,
    severity: Severity,
    subjects: Iterable[str],
    params: Mapping[str, Param] | None = None,
    evidence: Iterable[str] = (),
) -> Finding:
    """Make a finding."""
    return Finding(
        code=code,
        severity=severity,
        subjects=tuple(subjects),
        evidence=tuple(evidence),
        params=params or {},
    )


def severity_rank(finding: Finding) -> int:
    """Give the place of a finding by severity, the worst first."""
    return _RANK[finding.severity]


def worst_first(found: Iterable[Finding], top: int) -> tuple[Finding, ...]:
    """Give findings by severity, of one severity as they come; of each kind at most so many."""
    seen: Counter[str] = Counter()
    kept = []
    for finding in found:
        seen[finding.code] += 1
        if seen[finding.code] <= top:
            kept.append(finding)
    return tuple(sorted(kept, key=severity_rank))
