"""``python -m graphkam``."""

from graphkam.cli import main

main()
