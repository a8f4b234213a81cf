// How many relationships of each type the database has.
// Columns: type, count.
MATCH ()-[r]->()
RETURN type(r) AS type, count(r) AS count
