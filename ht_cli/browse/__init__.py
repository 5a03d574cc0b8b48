"""The picker: answers while one types, read with the arrow keys. Only `app.py` and what it imports know Textual."""
