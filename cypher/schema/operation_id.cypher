// Each acknowledged write is recorded once.
// Columns: none.
CREATE CONSTRAINT operation_id IF NOT EXISTS FOR (o:Operation) REQUIRE o.id IS UNIQUE
