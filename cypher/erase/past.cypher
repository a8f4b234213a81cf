// Delete all earlier forms; a restore puts its own in their place in the same transaction.
// Columns: none.
MATCH (p:Past)
DELETE p
