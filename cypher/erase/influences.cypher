// Delete relationships INFLUENCES.
// Parameters: $rows: end (key), id.
// Columns: none.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:INFLUENCES {id: row.id}]-()
DELETE r
