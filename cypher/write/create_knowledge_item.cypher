// Make new nodes KnowledgeItem.
// Parameters: $rows: key and properties.
// Columns: none.
UNWIND $rows AS row
CREATE (n:Record:KnowledgeItem {key: row.key})
SET n = row
