"""Tells JSON Lines from one JSON document, whatever a file is called."""

import json


def is_json_lines(text: str) -> bool:
    """Say whether each line of a text is an object of its own: the first one is whole, and another follows."""
    first, _mark, rest = text.strip().partition("\n")
    if not first.startswith("{") or not rest.strip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False
