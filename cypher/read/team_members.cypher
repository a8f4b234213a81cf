// All of our people.
// Columns: record.
MATCH (n:TeamMember)
RETURN properties(n) AS record
