// Tie records to what they refer to, as PART_OF.
// Parameters: $rows: start, end (keys).
// Columns: none.
UNWIND $rows AS row
MATCH (a:Record {key: row.start})
MATCH (b:Record {key: row.end})
CREATE (a)-[:PART_OF]->(b)
