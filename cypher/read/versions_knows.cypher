// Ids, versions and ends of relationships KNOWS that lead to some nodes.
// Parameters: $rows: end (key), id.
// Columns: tie, version, start.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:KNOWS {id: row.id}]-(a)
RETURN r.id AS tie, r.version AS version, a.key AS start
