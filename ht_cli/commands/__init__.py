"""One module per command: parse, call, hand to output."""
