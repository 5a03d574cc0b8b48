"""A line of bash taken apart without running it, and words written as bash wants them."""

import re

from ht_cli.shapes import NamedTuple

_BREAKS = "=:"  # marks after which bash begins a new word to complete
_SPECIAL = re.compile(r"([^\w%+,./:=@^-])")
_SPECIAL_IN_QUOTES = re.compile(r'(["\\$`])')


class TypedLine(NamedTuple):
    """The words of a line, the quote that is open in the last one, and how many of its letters bash leaves as they are."""

    words: list[str]
    quote: str
    kept: int

    def written(self, word: str) -> str:
        """Give what takes the place of the last word's end, quoted as that word was begun; bash closes the quote itself."""
        end = word[self.kept :]
        if self.quote == "'":
            return end.replace("'", "'\\''")
        return (_SPECIAL_IN_QUOTES if self.quote else _SPECIAL).sub(r"\\\1", end)


def read_line(line: str) -> TypedLine:
    """Take a line apart; a quote may still be open at its end."""
    words, word, quote, kept = [], "", "", 0
    begun, escaped = False, False
    for letter in line:
        if escaped:
            word, escaped = word + letter, False
        elif letter == "\\" and quote != "'":
            escaped = begun = True
        elif letter == quote:
            quote = ""
        elif quote:
            word += letter
        elif letter in "'\"":
            quote, begun, kept = letter, True, len(word)
        elif letter.isspace():
            if begun:
                words.append(word)
            word, begun, kept = "", False, 0
        else:
            word, begun = word + letter, True
            kept = len(word) if letter in _BREAKS else kept
    return TypedLine([*words, word], quote, kept)
