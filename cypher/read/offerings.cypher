// All of our offerings.
// Columns: record.
MATCH (n:Offering)
RETURN properties(n) AS record
