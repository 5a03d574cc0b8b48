"""The manual, made of the app itself: the man page in four languages, docs/commands.md, and the completion scripts as files.

`reading.py` asks Typer what each command takes, `man_page.py` and `markdown.py` write it down, and `python -m ht_cli.manual`
lays the files where the packages and the documentation want them. A test holds that they are current.
"""
