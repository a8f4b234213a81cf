// Put new contents into relationships SITS_IN.
// Parameters: $rows: end (key), id, record (properties).
// Columns: made.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:SITS_IN {id: row.id}]-()
SET r = row.record
RETURN count(r) AS made
