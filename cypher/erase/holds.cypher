// Delete relationships HOLDS.
// Parameters: $rows: end (key), id.
// Columns: none.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:HOLDS {id: row.id}]-()
DELETE r
