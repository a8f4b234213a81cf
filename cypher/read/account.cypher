// The account nodes themselves.
// Parameters: $accounts: keys of accounts.
// Columns: record.
UNWIND $accounts AS account
MATCH (a:Record {key: account})
RETURN properties(a) AS record
