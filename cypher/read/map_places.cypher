// Where the boxes of some maps were put by hand.
// Parameters: $keys: keys of maps.
// Columns: form (JSON text).
UNWIND $keys AS wanted
MATCH (m:MapPlaces {key: wanted})
RETURN m.form AS form
