// The relationships SITS_IN of some accounts.
// Parameters: $accounts: keys of accounts.
// Columns: record.
UNWIND $accounts AS account
MATCH (a:Record {key: account})
MATCH (a)<-[:IN_ACCOUNT]-(:DecisionCentre)<-[r:SITS_IN]-()
RETURN properties(r) AS record
