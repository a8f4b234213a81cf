// The relationships KNOWS of some accounts.
// Parameters: $accounts: keys of accounts.
// Columns: record.
UNWIND $accounts AS account
MATCH (a:Record {key: account})
MATCH (a)<-[:IN_ACCOUNT]-(:Person)<-[r:KNOWS]-()
RETURN properties(r) AS record
