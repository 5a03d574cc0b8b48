"""What the catalogue knows of words that others wrote, and what of them it has no place for."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ht_cli.shapes import NamedTuple


class Left(NamedTuple):
    """Something that a file says and that is not taken over as it stands: the field, what it says, and why."""

    name: str
    value: str = ""
    why: str = ""


class FileMeanings(NamedTuple):
    """What a reader of somebody else's file may ask; without a catalogue behind it, nothing is known.

    `area` gives the code of an area by its name or postcode (nis:62063, province:liege), `term` the term of a kind by its name
    (languages, Frans → fr) or by itself, each empty when there is none or several; `numbers` the numbers of a text as they are dialled. `own` gives the
    id of the resource whose service bears a UUID, `written` that resource as `ht export` wrote it when it bore a mark, else at a
    moment (before all that was changed here where there is neither), by language.
    """

    area: Callable[[str], str] = lambda _name: ""
    term: Callable[[str, str], str] = lambda _kind, _name: ""
    numbers: Callable[[str], Sequence[str]] = lambda text: (text,) if text else ()
    own: Callable[[str], str] = lambda _uuid: ""
    written: Callable[[str, str, str], Mapping[str, Mapping[str, Any]]] = lambda _id, _moment, _mark: {}


NOTHING_KNOWN = FileMeanings()
