// Keep where the boxes of maps were put by hand, and count it.
// The count is what makes two at once collide: the lock alone changes nothing, and a server that compares only when
// it commits would let both through.
// Parameters: $rows: key, account, form (JSON text).
// Columns: none.
MATCH (s:Meta {id: 'graphkam'})
SET s.arranged = coalesce(s.arranged, 0) + 1
WITH s
UNWIND $rows AS row
MERGE (m:MapPlaces {key: row.key})
SET m = row
