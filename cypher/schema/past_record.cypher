// Earlier forms are found by their record.
// Columns: none.
CREATE INDEX past_record IF NOT EXISTS FOR (p:Past) ON (p.record)
