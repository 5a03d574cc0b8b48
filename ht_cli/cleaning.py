"""Takes out of data what a terminal or a page would obey."""

_KEPT = "\n\t"


def clean(text: str) -> str:
    """Take out control, escape, bidi and unpaired surrogate characters: neither a terminal nor a page must obey data."""
    if text.replace("\n", " ").replace("\t", " ").isprintable():
        return text
    import unicodedata  # wanted for few texts: those that hold a space which is none of the keyboard, or worse

    return "".join(c for c in text if c.isprintable() or c in _KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn"))
