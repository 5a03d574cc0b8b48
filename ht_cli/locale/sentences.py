"""The sentences of one language, each looked up where it stands in the compiled file (.mo).

gettext reads all 1,600 of them into memory first, which is a tenth of a start; a search says five. The form of the file is that of
GNU gettext (manual, "The Format of GNU MO Files"): the sentences stand in the order of their bytes, so that half of them can be
left out at each step. Which form a count takes is told by the file itself.
"""

from struct import unpack_from

_NUMBERS = "<5I"  # magic, revision, count, where the originals are listed, where their translations
_MAGIC = 0x950412DE
_TWO_OR_MORE, _NOT_ONE = "(n > 1)", "(n != 1)"  # the rules of our four languages; any other is left to gettext


class CompiledSentences:
    """The sentences of one file, or none where there is no such file: then each is said as it is written in the code."""

    def __init__(self, path: str) -> None:
        """Open a compiled file. Raises ValueError when it is none."""
        self._looked_up: dict[str, list[str]] = {}
        try:
            with open(path, "rb") as file:
                self._bytes = file.read()
        except FileNotFoundError:
            self._count = 0
            return
        magic, _revision, self._count, self._originals, self._said = unpack_from(_NUMBERS, self._bytes)
        if magic != _MAGIC:
            raise ValueError(f"{path}: no compiled sentences")

    def say(self, message: str) -> str:
        """Give a sentence in this language."""
        return self._forms(message)[0] or message

    def count(self, singular: str, plural: str, number: int) -> str:
        """Give a sentence about so many in this language."""
        forms = self._forms(singular)
        if len(forms) < 2:
            return singular if number == 1 else plural
        return forms[self._form(number)]

    def _form(self, number: int) -> int:
        rule = self._forms("")[0].partition("plural=")[2].partition(";")[0].strip()
        if rule in (_TWO_OR_MORE, _NOT_ONE):
            return int(number > 1 if rule == _TWO_OR_MORE else number != 1)
        from gettext import c2py

        return int(c2py(rule)(number))

    def _forms(self, message: str) -> list[str]:
        """Give the forms of a sentence, one where it counts nothing; an empty one where it is not translated."""
        if message not in self._looked_up:
            self._looked_up[message] = self._look_up(message)
        return self._looked_up[message]

    def _look_up(self, message: str) -> list[str]:
        wanted = message.encode()
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            found = self._text(self._originals, middle).partition(b"\0")[0]
            if found == wanted:
                return self._text(self._said, middle).decode().split("\0")
            low, high = (middle + 1, high) if found < wanted else (low, middle)
        return [""]

    def _text(self, table: int, number: int) -> bytes:
        length, start = unpack_from("<2I", self._bytes, table + 8 * number)
        return self._bytes[start : start + length]
