// Move the store to its next revision.
// Parameters: $revision: whole number.
// Columns: none.
MATCH (m:Meta {id: 'graphkam'})
SET m.revision = $revision
