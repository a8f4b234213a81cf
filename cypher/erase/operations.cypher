// Delete all notes of writes; a restore puts its own in their place in the same transaction.
// Columns: none.
MATCH (o:Operation)
DETACH DELETE o
