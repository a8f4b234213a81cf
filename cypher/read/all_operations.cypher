// All writes, for a backup.
// Columns: operation.
MATCH (o:Operation)
RETURN properties(o) AS operation
