// Relationships KNOWS wherever they lead: those whose end is not the one that was expected.
// Parameters: $ids: ids of relationships.
// Columns: form, start, finish.
MATCH (a)-[r:KNOWS]->(b)
WHERE r.id IN $ids
RETURN properties(r) AS form, a.key AS start, b.key AS finish
