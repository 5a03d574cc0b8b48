"""Writes services of HSDS as one JSON file: the envelope of the HSDS API (a page that holds all), one service a line."""

import json
import re
from collections.abc import Iterable, Iterator

from ht_cli.errors import InvalidDataError
from ht_cli.exchange.credits import LICENCE_LINK, PUBLISHER, attribution
from ht_cli.exchange.hsds.services import service_object
from ht_cli.exchange.hsds.tables import VERSION
from ht_cli.exchange.hsds.terms import Row, Terms, present, taxonomies
from ht_cli.exchange.hsds.validating import faults
from ht_cli.exchange.reference import Reference
from ht_cli.locale import translate as _
from ht_cli.model import Resource

PROFILE = "ht"
_NOT_PLAIN = re.compile(r"[^ -~]")
_HALF_OF_A_PAIR = re.compile(r"[\ud800-\udfff]")


def pieces(resources: Iterable[Resource], reference: Reference) -> Iterator[str]:
    """Give the text of an HSDS 3.1 file piece by piece; each service is checked before it leaves.

    Raises InvalidDataError, with the path and what is allowed, when one does not hold.
    """
    head = {
        "hsds_version": VERSION,
        "profile": PROFILE,
        "language": reference.language,
        "released": reference.released,
        "made_at": reference.made_at,
        "time_zone": "Europe/Brussels",
        "publisher": {"name": PUBLISHER},
        "license": LICENCE_LINK,
        "attribution": attribution(),
    }
    head_text = _json(present(head))
    yield f'{head_text[:-1]}, "taxonomies": {_json(taxonomies())}, "contents": ['
    count = 0
    for service in checked_services(resources, reference):
        yield (",\n" if count else "\n") + _json(service)
        count += 1
    page = {"total_items": count, "total_pages": 1, "page_number": 1, "size": count, "first_page": True, "last_page": True}
    yield f"\n], {_json({**page, 'empty': not count})[1:]}\n"


def files(resources: Iterable[Resource], reference: Reference) -> Iterator[tuple[str, Iterable[str]]]:
    """Give the files of a folder: one for each service, named after its resource, each a whole HSDS object.

    Raises InvalidDataError, with the path and what is allowed, when one does not hold.
    """
    for resource in resources:
        for service in checked_services([resource], reference):
            yield f"{resource.id}.json", [_json(service) + "\n"]


def checked_services(resources: Iterable[Resource], reference: Reference) -> Iterator[Row]:
    """Give each resource as a service that keeps the rules of HSDS. Raises InvalidDataError when one does not."""
    terms = Terms(reference.words)
    for resource in resources:
        service = service_object(resource, reference, terms)
        for fault in faults("service", service):
            raise InvalidDataError(
                _("{id}: not valid HSDS at {path}: {problem}; allowed: {allowed}; see: ht doctor {id}").format(
                    id=resource.id, **fault._asdict()
                )
            )
        yield service


def _json(value: object) -> str:
    """Write a value as JSON; what a terminal would obey or an eye not see is escaped, half of a pair is U+FFFD."""
    text = json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return text if text.isprintable() else _NOT_PLAIN.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    character = match[0]
    if character.isprintable():
        return character
    return "\ufffd" if _HALF_OF_A_PAIR.match(character) else json.dumps(character)[1:-1]
