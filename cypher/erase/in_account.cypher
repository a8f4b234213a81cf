// Take some nodes out of their account; their new contents name another.
// Parameters: $keys: keys of records.
// Columns: none.
UNWIND $keys AS wanted
MATCH (n:Record {key: wanted})-[r:IN_ACCOUNT]->()
DELETE r
