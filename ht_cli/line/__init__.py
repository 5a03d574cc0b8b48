"""Reads an ordinary command line without Typer, from a table that is made of Typer's own grammar.

`grammar.py` is the table, made by `making.py`; `reading.py` reads with it, and leaves to Typer whatever is not certain.
"""
