// Make new nodes Interaction.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:Interaction {key: row.key})
SET n = row
