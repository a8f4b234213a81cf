// Relationships INFLUENCES that lead to some nodes, as they stand, with their ends.
// Parameters: $rows: end (key), id.
// Columns: form, start, finish.
UNWIND $rows AS row
MATCH (b:Record {key: row.end})<-[r:INFLUENCES {id: row.id}]-(a)
RETURN properties(r) AS form, a.key AS start, b.key AS finish
