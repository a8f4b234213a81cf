// All relationships INFLUENCES.
// Columns: records, 500 in a row: a row each takes twice as long.
MATCH ()-[r:INFLUENCES]->()
WITH collect(properties(r)) AS found
UNWIND range(0, size(found) - 1, 500) AS first
RETURN found[first..first + 500] AS records
