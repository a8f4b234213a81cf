"""Plain mathematics: no key-account words, arrays or graphs in, numbers out."""
