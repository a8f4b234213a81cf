"""Pictures of an account."""
