// Write who of us is on which account.
// Parameters: $rows
UNWIND $rows AS row
CREATE (:Team {id: row.team})
