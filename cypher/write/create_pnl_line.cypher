// Make new nodes PnlLine.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:PnlLine {key: row.key})
SET n = row
