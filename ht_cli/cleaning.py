"""Takes out of data what a terminal or a page would obey, and gives what was typed in characters."""

_KEPT = "\n\t"


def clean(text: str) -> str:
    """Take out control, escape, bidi and unpaired surrogate characters: neither a terminal nor a page must obey data."""
    if text.replace("\n", " ").replace("\t", " ").isprintable():
        return text
    import unicodedata  # wanted for few texts: those that hold a space which is none of the keyboard, or worse

    return "".join(c for c in text if c.isprintable() or c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))


def in_characters(typed: str) -> str:
    """Give what was typed with each byte that is no UTF-8 as Latin-1 has it, which older terminals write."""
    if typed.isascii() or not any("\ud800" <= c <= "\udfff" for c in typed):
        return typed
    # Python gives such a byte as the lower half of a surrogate pair (PEP 383); any other half comes from Windows alone
    return "".join(chr(ord(c) - 0xDC00) if "\udc80" <= c <= "\udcff" else "\ufffd" if "\ud800" <= c <= "\udfff" else c for c in typed)
