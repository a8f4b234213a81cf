// Write positions and their accounts.
// Parameters: $rows
UNWIND $rows AS row
MERGE (a:Account {id: row.account})
CREATE (:Seat {id: row.seat, weight: row.weight, has_left: row.has_left})-[:IN]->(a)
