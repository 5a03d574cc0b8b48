"""How French sets its signs: what stands apart from its word never stands alone on a line."""

import re
from typing import Any

_APART = re.compile(r" (?=[:;?!»])|(?<=«) ")


def held(value: Any) -> Any:
    """Hold the signs that French sets apart (: ; ? ! « ») to their word by a no-break space; what is no plain text stays as it is."""
    return _APART.sub("\u00a0", value) if type(value) is str else value
