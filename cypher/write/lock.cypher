// Take the write lock of the store, then say where it stands. Lock first, then compare: both servers then keep writers apart.
// Columns: revision, schema_version.
MATCH (m:Meta {id: 'graphkam'})
REMOVE m.lock
WITH m
RETURN m.revision AS revision, m.schema_version AS schema_version
