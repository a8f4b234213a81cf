"""Records, vocabulary, the table of fields, results and findings."""
