// The relationships ASSIGNED_TO of some accounts.
// Parameters: $accounts: keys of accounts.
// Columns: record.
UNWIND $accounts AS account
MATCH (a:Record {key: account})
MATCH (a)<-[r:ASSIGNED_TO]-()
RETURN properties(r) AS record
