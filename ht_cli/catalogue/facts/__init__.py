"""What a catalogue holds: its tables, opened to read and to write, and the facts as resources and records."""
