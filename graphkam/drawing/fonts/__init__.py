"""DejaVu Sans, so that an image has the same letters on every machine."""
