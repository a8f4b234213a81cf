// Make the node about the store itself, at schema version $version.
// Parameters: $version: whole number.
// Columns: revision.
MERGE (m:Meta {id: 'graphkam'})
ON CREATE SET m.schema_version = $version, m.revision = 0, m.history_from = 0, m.restored_in = 0
RETURN m.revision AS revision
