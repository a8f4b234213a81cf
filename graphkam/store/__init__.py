"""The database: one class over the Neo4j driver, two servers."""
