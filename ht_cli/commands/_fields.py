"""Which field of a record a word means: as `--set` and `--field` name it, or as people of the four languages call it."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ht_cli.catalogue.facts.records import Record
from ht_cli.catalogue.keeping.cells import CHECKS
from ht_cli.catalogue.keeping.entering import SETTABLE, SHORT_NAMES, TypedValues, in_town_of_postcode
from ht_cli.errors import InvalidDataError, UsageError
from ht_cli.exchange.columns import SPOKEN_COLUMNS
from ht_cli.exchange.headings import columns_meant
from ht_cli.fields import DERIVED, RECORD_FIELDS
from ht_cli.locale import languages, translate_into
from ht_cli.locale import translate as _
from ht_cli.model import LANGUAGES
from ht_cli.output.in_words import NAMES, field_within
from ht_cli.search.text import key
from ht_cli.synonyms import options_meant

_PARTS = {"--city", "--street", "--postcode"}  # of an address, which have no column of their own
_MORE = {
    "confidential": ("confidentiel", "confidentielle", "vertrouwelijk", "vertraulich", "geheim"),
    "phones": ("telephones", "numeros", "telefoons", "telefoonnummers", "telefone", "telefonnummern"),
}


def in_our_names(assignment: str) -> str:
    """Give an assignment with its field as the catalogue names it: téléphone=… → phone=…

    Raises UsageError, with the names in the reader's language, where the word means no field that may be set.
    """
    name, mark, value = assignment.partition("=")
    if not mark or name.strip() in CHECKS:  # what is set by a check alone is refused with words of its own
        return assignment
    return f"{field_meant(name, SETTABLE)}={value}"


def field_meant(word: str, known: Collection[str]) -> str:
    """Give the field that a word means, its language behind a dot. Raises UsageError where it means none of those that are known."""
    base, dot, language = word.strip().lower().replace("-", "_").partition(".")
    if base in known or base in SHORT_NAMES:
        return base + dot + language
    meant = next((field for field in _meanings(base.replace("_", " ")) if field in known), "")
    if not meant:
        raise UsageError(_("no field {name}; there are: {fields}").format(name=word.strip(), fields=", ".join(names_of(known))))
    return meant + dot + language


def in_our_fields(entry: TypedValues, left: Mapping[str, Any]) -> Record:
    """Give a whole record that somebody wrote; what stands in it under another name of a field (phone, city, besoins) is read as `--set` reads it.

    Raises InvalidDataError where a name means no field, two of them mean the same, or a value is no text; and what the reading of a value raises.
    """
    record = {name: value for name, value in left.items() if name in (*RECORD_FIELDS, *DERIVED)}
    typed: dict[str, str] = {}
    for name, value in left.items():
        if name not in record:
            field = _field_written(name)
            if field in typed or SHORT_NAMES.get(field, field) in record:
                raise InvalidDataError(_("{field}: it is said twice; keep one of the two").format(field=name))
            typed[field] = _as_typed(name, value)
    read = in_town_of_postcode(record, typed)
    for field, text in typed.items():
        read = entry.with_value(read, field, text)
    return {name: value for name, value in record.items() if name in DERIVED} | (read if typed else record)


def _field_written(name: str) -> str:
    try:
        return field_meant(name, SETTABLE)
    except UsageError as error:
        said = _("{field}: there is no such field; allowed: {allowed}")
        raise InvalidDataError(said.format(field=name, allowed=", ".join(names_of(SETTABLE)))) from error


def _as_typed(name: str, value: Any) -> str:
    """Give a value of a file as it would be typed: one text for a list, yes or no."""
    if isinstance(value, list):
        return "; ".join(_as_typed(name, item) for item in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if not isinstance(value, (str, int)):
        raise InvalidDataError(_("{field}: a text is wanted").format(field=name))
    return str(value)


def names_of(fields: Collection[str]) -> list[str]:
    """Name fields as the reader may type them: in another language than English by what people call them."""
    if languages()[0] == "en":
        return list(fields)
    return list(dict.fromkeys(field_within(field) for field in fields if field in NAMES))


def _meanings(word: str) -> Iterator[str]:
    """Give the fields that a word may mean, the likeliest first: the only number before all of them, a part of an address before it."""
    yield from (option.removeprefix("--") for option in options_meant([f"--{word.replace(' ', '-')}"], _PARTS) if option in _PARTS)
    yield from (field for field, words in _MORE.items() if key(word) in map(key, words))
    (column,) = columns_meant([word])
    columns = {f"{its}_{code}": field for field, its in SPOKEN_COLUMNS.items() for code in LANGUAGES}
    field = columns.get(column, column)
    yield from ("phone", "phones") if field == "phones" else (field,)
    called = {key(translate_into(language, name)): field for field, name in NAMES.items() for language in LANGUAGES}
    if key(word) in called:
        yield called[key(word)]
