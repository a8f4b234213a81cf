// Earlier forms are found by the revision in which they were replaced.
// Columns: none.
CREATE INDEX past_until IF NOT EXISTS FOR (p:Past) ON (p.until_revision)
