// Delete relationships SITS_IN.
// Parameters: $rows: end (key), id.
// Columns: none.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:SITS_IN {id: row.id}]-()
DELETE r
