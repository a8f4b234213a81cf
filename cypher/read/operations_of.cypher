// The writes that made some revisions.
// Parameters: $revisions: whole numbers.
// Columns: operation.
UNWIND $revisions AS wanted
MATCH (o:Operation {revision: wanted})
RETURN properties(o) AS operation
