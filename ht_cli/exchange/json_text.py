"""Resources as JSON: an array with one resource on each line, or only the lines (JSONL). `ht import` reads both back without loss."""

import json
from collections.abc import Iterable, Iterator

from ht_cli.exchange.objects import resource_object, row_of
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
    languages = dict.fromkeys((reference.language, *LANGUAGES))
    for resource in resources:
        found = resource_object(resource)
        if reference.fields:
            found = {name: found[name] if name in found else row_of(found, [name], list(languages))[0] for name in reference.fields}
        yield json.dumps(found, ensure_ascii=False)
