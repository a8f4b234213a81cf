// The history of a store of the first schema begins with what stands there now.
// Columns: none.
MATCH (m:Meta {id: 'graphkam'})
SET m.history_from = m.revision, m.restored_in = 0
