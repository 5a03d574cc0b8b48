"""What kind of value each field of a resource holds, read off `Resource` in `model.py`: a field is written down there once."""

from typing import Any, get_args, get_type_hints

from ht_cli.model import Resource, Spoken

KINDS = get_type_hints(Resource)


def _holding(*kinds: Any) -> tuple[str, ...]:
    return tuple(name for name, kind in KINDS.items() if kind in kinds)


TEXTS = _holding(str)
LISTS = _holding(tuple[str, ...])
NUMBERS = _holding(int, int | None)
YES_OR_NO = _holding(bool, bool | None)
SPOKEN = _holding(Spoken)  # a version in each language
TABLES: dict[str, tuple[str, ...]] = {  # lists of entries, and the parts of an entry of each
    name: get_args(kind)[0]._fields for name, kind in KINDS.items() if name not in LISTS and get_args(kind)[1:] == (...,)
}
SPOKEN_PARTS = ("label", "hours")  # parts of a phone with a version in each language
DERIVED = ("id", "source_date")  # no part of a record
DERIVED_PARTS = ("national",)  # how the number of a phone is written
RECORD_FIELDS = tuple(name for name in Resource._fields if name not in DERIVED)
