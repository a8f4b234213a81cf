"""Commands that ask a question of an account and print the answer: one file each."""
