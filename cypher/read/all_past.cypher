// All earlier forms up to a revision, for a backup.
// Parameters: $revision: whole number.
// Columns: past, 500 in a row: a row each takes twice as long.
MATCH (p:Past)
WHERE p.until_revision <= $revision
WITH collect(properties(p)) AS found
UNWIND range(0, size(found) - 1, 500) AS first
RETURN found[first..first + 500] AS past
