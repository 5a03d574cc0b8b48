"""How much of a file is read at once, and what is said of one that is larger."""

from ht_cli.locale import translate as _

BIGGEST = 200_000_000  # bytes, of a file and of all that a package holds


def too_large(name: object) -> str:
    """Say that a file or a package is too large, how large it may be, and what can be done."""
    said = _("{path} is too large: at most {limit} MB are read at once; cut it into several files, each with a part of it")
    return said.format(path=name, limit=BIGGEST // 1_000_000)
