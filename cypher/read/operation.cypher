// Whether a write was done.
// Parameters: $id: id of the operation.
// Columns: operation.
MATCH (o:Operation {id: $id})
RETURN properties(o) AS operation
