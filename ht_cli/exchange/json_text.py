"""Resources as JSON: an array with one resource on each line, or only the lines (JSONL). `ht import` reads both back without loss."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ht_cli.exchange.columns import REVISION
from ht_cli.exchange.objects import by_language, resource_object, row_of
from ht_cli.exchange.reference import Reference
from ht_cli.model import LANGUAGES, Resource


def json_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give a JSON array."""
    yield "["
    mark = "\n"
    for line in _objects(resources, reference):
        yield mark + line
        mark = ",\n"
    yield "\n]\n"


def jsonl_pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give a JSON object on each line."""
    return (line + "\n" for line in _objects(resources, reference))


def _objects(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    for resource in resources:
        found = resource_object(resource) | {REVISION: reference.revision(resource)}
        yield json.dumps(_chosen(found, reference) if reference.fields else found, ensure_ascii=False)


def _chosen(found: dict[str, Any], reference: Reference) -> dict[str, Any]:
    """Give the fields asked for; what is derived as `ht find` writes it in one cell."""
    values = found | by_language(found)
    derived = [name for name in reference.fields if name not in values]
    languages = list(dict.fromkeys((reference.language, *LANGUAGES)))
    values |= zip(derived, row_of(found, derived, languages), strict=True)
    return {name: values[name] for name in reference.fields}
