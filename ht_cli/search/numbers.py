"""Finds the phone numbers that a question holds, so that who has one is found by it."""

import re

_NUMBER = r"(?<![\w/])(?:\+|00)?\(?\d[\d ./()-]{1,18}\d(?![\w/])"  # read only where there are figures, so not compiled at every start
_LONG = range(8, 15)  # figures of a number that is dialled whole; a short one (107, 1813) has three or four


def phone_numbers(text: str) -> list[str]:
    """Give what may be phone numbers, as the catalogue writes them: E.164 (`+3243421212`) or a short number as it is dialled."""
    found = []
    for match in re.finditer(_NUMBER, text):
        digits = re.sub(r"\D", "", match[0].replace("(0)", ""))
        if match[0].lstrip("(").startswith("+"):
            found.append(f"+{digits}")
        elif digits.startswith("00"):
            found.append(f"+{digits[2:]}")
        elif digits.startswith("0") and len(digits) in _LONG:
            found.append(f"+32{digits[1:]}")
        elif len(digits) in (3, 4, 6):
            found.append(digits)
    return found
