// All records that are nodes.
// Columns: record.
MATCH (n:Record)
RETURN properties(n) AS record
