// The relationships KNOWS of some accounts.
// Parameters: $accounts: keys of accounts.
// Columns: records, 500 in a row: a row each takes twice as long.
UNWIND $accounts AS account
MATCH (a:Record {key: account})
MATCH (a)<-[:IN_ACCOUNT]-(:Person)<-[r:KNOWS]-()
WITH collect(properties(r)) AS found
UNWIND range(0, size(found) - 1, 500) AS first
RETURN found[first..first + 500] AS records
