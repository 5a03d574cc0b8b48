"""How text is compared: one folding, used when the catalogue is built and when it is asked."""

from ht_cli.hearing.clauses import undoubled

_LETTERS = {
    "a": "àáâãäåāăąǎ", "c": "çćĉċč", "d": "ďđ", "e": "èéêëēĕėęě", "g": "ĝğġģ", "h": "ĥħ",
    "i": "ìíîïĩīĭįı", "j": "ĵ", "k": "ķ", "l": "ĺļľłŀ", "n": "ñńņňŉ", "o": "òóôõöøōŏő", "r": "ŕŗř",
    "s": "śŝşšș", "t": "ţťŧț", "u": "ùúûüũūŭůűų", "w": "ŵẁẃẅ", "y": "ýÿŷ", "z": "źżž",
    "ae": "æ", "oe": "œ", "ss": "ß",
}  # fmt: skip
_FOLDING: dict[int, str] = {ord(accented): plain for plain, group in _LETTERS.items() for accented in group}
_FOLDING |= dict.fromkeys((*range(0x300, 0x370), 0xAD, *range(0x200B, 0x2010), 0xFEFF), "")
_FOLDING |= dict.fromkeys((ord(mark) for mark in "'’‘ʼ`´-‐‑‒–—/.,;:!?()[]{}\"«»“”„…&+*_|<>=@#%~^\\"), " ")


def fold(text: str) -> str:
    """Lower the case, take accents off, and turn every mark that joins or ends words into a space."""
    return " ".join(text.lower().translate(_FOLDING).split())


def key(text: str) -> str:
    """Fold and join, so that burn-out, burn out and burnout are the same."""
    return fold(text).replace(" ", "")


def umlaut_spelling(text: str) -> str:
    """Spell ä, ö, ü as ae, oe, ue, the way they are typed on a keyboard without them."""
    lowered = text.lower()
    return fold(lowered.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue"))


# Services of which every region has its own, known by the word that their names share: "caw gent", "tejo leuven".
HOUSES = frozenset(
    ("amo", "btz", "caw", "cgg", "clb", "cpms", "cpvs", "jac", "kopp", "mado", "msoc", "overkop", "pms", "similes", "ssm", "tejo", "zsg")
)

NEEDLESS_IN_NAMES = frozenset(
    [
        "de",
        "du",
        "des",
        "la",
        "le",
        "les",
        "l",
        "d",
        "et",
        "en",
        "van",
        "der",
        "den",
        "het",
        "een",
        "voor",
        "und",
        "für",
        "fur",
        "the",
        "of",
        "and",
        "a",
        "asbl",
        "vzw",
        "be",
        "www",
        "com",
        "org",
        "http",
        "https",
    ]
)  # words of names that tell nothing


MIN_LENGTH = 4  # shorter words are never corrected


def allowed_edits(word: str) -> int:
    """Say how many edits may be mended: none up to 3 letters, one up to 5, two from 6."""
    return 0 if len(word) < MIN_LENGTH else 1 if len(word) < 6 else 2


def slip_size(typed: str, known: str, edits: int) -> float:
    """Say how large a slip is, in edits: letters doubled, halved or swapped count for half of one, letters left out for less than one."""
    if not edits:
        return 0.0
    if undoubled(typed) == undoubled(known) or sorted(typed) == sorted(known):
        return edits - 0.5
    return edits * (0.75 if left_out(typed, known) else 1.0)


def left_out(typed: str, known: str) -> bool:
    """Say whether a word is another one with letters left out."""
    rest = iter(known)
    return len(typed) < len(known) and all(letter in rest for letter in typed)
