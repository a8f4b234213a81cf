// Tie records to their account.
// Parameters: $rows: key, account.
// Columns: none.
UNWIND $rows AS row
MATCH (n:Record {key: row.key})
MATCH (a:Record {key: row.account})
CREATE (n)-[:IN_ACCOUNT]->(a)
