"""Gathers what the formats of an export may look up, from an open catalogue."""

import sqlite3
from collections.abc import Sequence
from functools import cache

from ht_cli.catalogue.facts.mapping import read_spellings, read_wider_spellings
from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.reading import read_meta, read_resources, read_urgent_ids
from ht_cli.catalogue.index.finder import findable, read_finder
from ht_cli.catalogue.index.organizations import read_organizations
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.keeping.journal import read_changes_of
from ht_cli.catalogue.keeping.revisions import revision_of
from ht_cli.exchange.harmless import harmless
from ht_cli.exchange.reference import Organization, Reference
from ht_cli.locale import languages


def reference_of(connection: sqlite3.Connection, *, made_at: str = "", fields: Sequence[str] = ()) -> Reference:
    """Give the labels, places, urgent lines and journal of a catalogue, in the reader's language."""

    @cache
    def owners() -> dict[str, Organization]:
        return {resource: Organization(*found) for resource, found in read_organizations(connection).items()}

    return Reference(
        language=languages()[0],
        words=read_words(connection, languages()[0]),
        homes=read_municipalities(connection),
        changes=lambda resource: read_changes_of(connection, resource),
        released=read_meta(connection).get("data_version", ""),
        urgent=[harmless(line) for line in read_resources(connection, read_urgent_ids(connection))],
        made_at=made_at,
        fields=fields,
        finder=lambda: read_finder(connection),
        findable=findable,
        revision=revision_of,
        spellings=lambda: read_spellings(connection) | read_wider_spellings(connection),
        organizations=owners,
    )
