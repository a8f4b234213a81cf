// Record a write in its own transaction.
// Parameters: $operation: its properties.
// Columns: none.
CREATE (o:Operation {id: $operation.id})
SET o = $operation
