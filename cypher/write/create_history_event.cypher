// Make new nodes HistoryEvent.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:HistoryEvent {key: row.key})
SET n = row
