"""Records in and out: files with their plan, the grid, what is missing or there twice, what was written."""
