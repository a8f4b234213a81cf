// Note which schema the store has now.
// Parameters: $version: whole number.
// Columns: none.
MATCH (m:Meta {id: 'graphkam'})
SET m.schema_version = $version
