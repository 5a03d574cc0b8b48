"""Hears what is meant between the words: needs, danger, who speaks, and the language, from features with learned weights."""
