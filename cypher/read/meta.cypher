// Where the store stands; a store of the first schema knows no history.
// Columns: schema_version, revision, history_from, restored_in.
MATCH (m:Meta {id: 'graphkam'})
RETURN m.schema_version AS schema_version, m.revision AS revision, m.history_from AS history_from, m.restored_in AS restored_in
