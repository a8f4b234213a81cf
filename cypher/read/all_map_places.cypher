// Where the boxes of all maps were put by hand, for a backup.
// Columns: form (JSON text).
MATCH (m:MapPlaces)
RETURN m.form AS form
