// Say where a store stands after a restore.
// Parameters: $revision, $history_from: whole numbers.
// Columns: none.
MATCH (m:Meta {id: 'graphkam'})
SET m.revision = $revision, m.restored_in = $revision, m.history_from = $history_from
