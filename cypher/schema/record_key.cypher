// Each record is stored once: a key is its kind and its id.
// Columns: none.
CREATE CONSTRAINT record_key IF NOT EXISTS FOR (n:Record) REQUIRE n.key IS UNIQUE
