// Write who knows whom.
// Parameters: $rows
UNWIND $rows AS row
MATCH (t:Team {id: row.team})
MATCH (s:Seat {id: row.seat})
CREATE (t)-[:KNOWS {level: row.level, day: row.day}]->(s)
