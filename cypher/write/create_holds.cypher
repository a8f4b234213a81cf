// Make new relationships HOLDS.
// Parameters: $rows: start, end (keys), record (properties).
// Columns: made.
UNWIND $rows AS row
MATCH (a:Record {key: row.start})
MATCH (b:Record {key: row.end})
CREATE (a)-[r:HOLDS]->(b)
SET r = row.record
RETURN count(r) AS made
