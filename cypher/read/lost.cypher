// Restores that took a revision back: what stood there is not known any more.
// Parameters: $revision: whole number.
// Columns: lost.
MATCH (o:Operation)
WHERE o.restored < $revision AND o.revision > $revision
RETURN o.revision AS lost
