"""What `ht` withstands: each module does one kind of harm, counts what came of it and writes its part of docs/RELIABILITY.md."""
