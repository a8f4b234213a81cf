// Whether the database holds anything at all, ours or not.
// Columns: something.
MATCH (n)
RETURN true AS something
LIMIT 1
