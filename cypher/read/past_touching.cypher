// What a write replaced or removed, and what of its own was replaced or removed since.
// Parameters: $revision: that of the write; $last: that of the store.
// Columns: past.
UNWIND range($revision, $last) AS wanted
MATCH (p:Past {until_revision: wanted})
WHERE p.until_revision = $revision OR p.from_revision = $revision
RETURN properties(p) AS past
