// The schema version and the revision of the store.
// Columns: schema_version, revision.
MATCH (m:Meta {id: 'graphkam'})
RETURN m.schema_version AS schema_version, m.revision AS revision
