// Delete relationships ASSIGNED_TO.
// Parameters: $rows: end (key), id.
// Columns: none.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:ASSIGNED_TO {id: row.id}]-()
DELETE r
