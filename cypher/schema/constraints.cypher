// Which constraints the database has; they are verified at every open.
// Columns: name.
SHOW CONSTRAINTS YIELD name RETURN name
