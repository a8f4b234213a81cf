// Take the write lock of the store, then say where it stands. Lock first, then compare: both servers then keep writers apart.
// Neo4j locks only for a change: to remove what was never there is none, so a mark is put on and taken off.
// Columns: revision, schema_version.
MATCH (m:Meta {id: 'graphkam'})
SET m.locked = true
REMOVE m.locked
WITH m
RETURN m.revision AS revision, m.schema_version AS schema_version
