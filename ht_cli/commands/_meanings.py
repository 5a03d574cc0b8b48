"""What the words of somebody else's file mean in an open catalogue."""

import sqlite3
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from typing import Any

from ht_cli.catalogue.facts.municipalities import read_municipalities
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.facts.records import make_resource, record_of
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.organizations import read_organizations
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.catalogue.index.whereabouts import area_named, term_named, towns_named
from ht_cli.catalogue.keeping.phones import read_phones
from ht_cli.catalogue.keeping.revisions import record_at, record_on, revision_of
from ht_cli.errors import InvalidDataError
from ht_cli.exchange.meanings import FileMeanings
from ht_cli.exchange.reference import Organization, Reference
from ht_cli.locale import speaking
from ht_cli.model import LANGUAGES, Change, Municipality
from ht_cli.search.text import key
from ht_cli.wording import Words


def meanings_of(connection: sqlite3.Connection) -> FileMeanings:
    """Give what a reader may ask of a catalogue, as long as it is open."""
    lexicon = Lexicon(connection)

    @cache
    def words(language: str) -> Words:
        return read_words(connection, language)

    @cache
    def term(kind: str, text: str) -> str:
        labels = (label for language in LANGUAGES for label in words(language).labels.items()) if text else ()
        if (kind, text) in words(LANGUAGES[0]).labels:
            return text
        named = {identifier for (its, identifier), name in labels if its == kind and key(name) == key(text)}
        return named.pop() if len(named) == 1 else term_named(lexicon, kind, text)

    @cache
    def ids() -> Collection[str]:
        return frozenset(read_ids(connection, all_statuses=True))

    @cache
    def services() -> Mapping[str, str]:
        from ht_cli.exchange.hsds.terms import identity, service_id

        # a UUID among them left under another one before
        return {made(identifier): identifier for made in (lambda known: identity(f"service/{known}"), service_id) for identifier in ids()}

    @cache
    def homes() -> Mapping[str, Municipality]:
        return read_municipalities(connection)

    @cache
    def owners() -> Mapping[str, Organization]:
        return {resource: Organization(*found) for resource, found in read_organizations(connection).items()}

    def no_changes(_resource: str) -> Sequence[Change]:
        return ()

    def written(identifier: str, moment: str, mark: str) -> Mapping[str, Mapping[str, Any]]:
        from ht_cli.exchange.hsds.services import service_object
        from ht_cli.exchange.hsds.terms import Terms

        known = read_resources(connection, [identifier])
        if not known:
            return {}
        now = record_of(known[0])
        was = record_at(connection, identifier, now, mark) if mark else None
        resource = make_resource(identifier, was or record_on(connection, identifier, now, moment))
        found: dict[str, Mapping[str, Any]] = {}
        for language in LANGUAGES:
            with speaking(language):
                reference = Reference(language, words(language), homes(), no_changes, revision=revision_of, organizations=owners)
                found[language] = service_object(resource, reference, Terms(words(language)))
        return found

    return FileMeanings(
        area=cache(lambda name: area_named(lexicon, name)), towns=cache(lambda name: towns_named(lexicon, name)), term=term, numbers=cache(_numbers),
        own=lambda uuid: services().get(uuid.lower(), ""), known=lambda identifier: identifier in ids(), written=written,
    )  # fmt: skip


def _numbers(text: str) -> Sequence[str]:
    try:
        return tuple(phone["number"] for phone in read_phones(text))
    except InvalidDataError:
        return ()
