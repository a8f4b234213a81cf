// Tie records to their account.
// Parameters: $rows: key, account.
// Columns: made.
UNWIND $rows AS row
MATCH (n:Record {key: row.key})
MATCH (a:Record {key: row.account})
CREATE (n)-[r:IN_ACCOUNT]->(a)
RETURN count(r) AS made
