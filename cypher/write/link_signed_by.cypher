// Tie records to what they refer to, as SIGNED_BY.
// Parameters: $rows: start, end (keys).
// Columns: none.
UNWIND $rows AS row
MATCH (a:Record {key: row.start})
MATCH (b:Record {key: row.end})
CREATE (a)-[:SIGNED_BY]->(b)
