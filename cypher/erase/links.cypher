// Take the references of some nodes away; their new contents bring new ones.
// Parameters: $keys: keys of records.
// Columns: none.
UNWIND $keys AS wanted
MATCH (n:Record {key: wanted})-[r:ABOUT|AT|DOTTED_TO|INVOLVES|KNOWN_BY|LED_BY|OWNED_BY|PART_OF|REPORTS_TO|SIGNED_BY|SPONSORED_BY|TOLD_BY|WITHIN]->()
DELETE r
