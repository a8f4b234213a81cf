// An earlier form of a record is kept once: a key is the record's and the revision in which it was replaced.
// Columns: none.
CREATE CONSTRAINT past_key IF NOT EXISTS FOR (p:Past) REQUIRE p.key IS UNIQUE
