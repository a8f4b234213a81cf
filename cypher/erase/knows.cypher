// Delete relationships KNOWS.
// Parameters: $rows: end (key), id.
// Columns: none.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:KNOWS {id: row.id}]-()
DELETE r
