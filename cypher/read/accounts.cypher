// All accounts.
// Columns: record.
MATCH (a:Account)
RETURN properties(a) AS record
