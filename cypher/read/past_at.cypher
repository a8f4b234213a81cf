// Earlier forms that stood at a revision and were replaced or removed within some later ones.
// Parameters: $revision, $first, $last: whole numbers; $accounts: ids of accounts, and "" for ours; null = all.
// Columns: record (key), form.
UNWIND range($first, $last) AS wanted
MATCH (p:Past {until_revision: wanted})
WHERE p.from_revision <= $revision AND ($accounts IS NULL OR p.account IN $accounts)
RETURN p.record AS record, p.form AS form
