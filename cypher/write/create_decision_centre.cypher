// Make new nodes DecisionCentre.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:DecisionCentre {key: row.key})
SET n = row
