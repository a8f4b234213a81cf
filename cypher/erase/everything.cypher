// Delete all records; a restore puts others in their place in the same transaction.
// Columns: none.
MATCH (n:Record)
DETACH DELETE n
