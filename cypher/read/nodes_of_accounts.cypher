// The records of some accounts that are nodes.
// Parameters: $accounts: keys of accounts.
// Columns: record.
UNWIND $accounts AS account
MATCH (a:Record {key: account})<-[:IN_ACCOUNT]-(n)
RETURN properties(n) AS record
