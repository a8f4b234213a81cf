// Put new contents into relationships ASSIGNED_TO.
// Parameters: $rows: end (key), id, record (properties).
// Columns: made.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:ASSIGNED_TO {id: row.id}]-()
SET r = row.record
RETURN count(r) AS made
