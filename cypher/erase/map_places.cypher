// Forget where the boxes of the maps of some accounts were put by hand.
// Parameters: $accounts: ids of accounts.
// Columns: none.
UNWIND $accounts AS wanted
MATCH (m:MapPlaces {account: wanted})
DELETE m
