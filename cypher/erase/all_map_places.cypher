// Forget where the boxes of all maps were put by hand; a restore puts its own in their place in the same transaction.
// Columns: none.
MATCH (m:MapPlaces)
DELETE m
