// Writes are found by the revision that they made.
// Columns: none.
CREATE INDEX operation_revision IF NOT EXISTS FOR (o:Operation) ON (o.revision)
