"""The identifiers, taxonomies and terms of our profile of HSDS: what has no field of its own becomes an attribute."""

from collections import Counter
from hashlib import sha1
from typing import Any
from uuid import UUID

from ht_cli.exchange.hsds.values import is_uuid
from ht_cli.model import LANGUAGES
from ht_cli.wording import Words

NAMESPACE = UUID("6a3b3a57-3f0e-5d0c-9c52-6f2f0d0a7b1e")  # fixed for ever: the same catalogue always gives the same ids
Row = dict[str, Any]

VOCABULARIES = {  # taxonomy → the kind of its terms in the catalogue
    "ht-kind": "kinds", "ht-need": "needs", "ht-offer": "offers", "ht-audience": "audiences", "ht-channel": "channels", "ht-cost": "costs",
    "ht-referral": "referral",
}  # fmt: skip
TAXONOMIES = {
    "ht-kind": "What a resource is: a network, a helpline, a service, a group, a list.",
    "ht-need": "What help is sought for.",
    "ht-offer": "What is offered. Group therapy and a support group are different things.",
    "ht-audience": "Whom it is for; with everyone among them, the others are those it is meant for first.",
    "ht-channel": "How help is given: in person, by phone, online.",
    "ht-cost": "What it costs the person; without a term, this is not known.",
    "ht-referral": "Whether somebody must refer the person; without a term, this is not known.",
    "ht-status": "Why a resource is not among the active ones: unverified, unreachable, closed.",
    "ht-confidence": "How sure the facts are.",
    "ht-description": "The description in another language; the value is the text.",
    "ht-area": "What kind of area is served; the value is its code, a municipality by its NIS code.",
    "ht-field": "A field of the record that HSDS has no place for; the value is its content.",
}


def present(row: Row) -> Row:
    """Leave out what is not known."""
    return {name: value for name, value in row.items() if value is not None and value != "" and value != []}


def identity(path: str) -> str:
    """Give the UUID (version 5) of an object by its path: service/<id>, phone/<id>/0."""
    # what uuid5 of the standard library gives, for any text: it refuses half of a surrogate pair
    digest = sha1(NAMESPACE.bytes + path.encode("utf-8", "surrogatepass"), usedforsecurity=False).digest()
    return str(UUID(bytes=digest[:16], version=5))


def service_id(identifier: str) -> str:
    """Give the id of the service of a resource: its own where that is a UUID, so that whoever gave it to us knows it again."""
    return identifier if is_uuid(identifier) else identity(f"service/{identifier}")


def rows_made_of(identifier: str) -> frozenset[str]:
    """Give ids that rows inside the service of a resource bear when it leaves here, and that nobody else gives."""
    firsts = (identity(f"{table}/{identifier}/0") for table in ("language", "service_area", "phone", "schedule"))
    return frozenset((identity(f"organization/{identifier}"), *firsts))


class Terms:
    """Makes the terms and attributes of one export, the names of terms in its language."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._made: dict[tuple[str, str], Row] = {}

    def term(self, taxonomy: str, identifier: str) -> Row:
        """Give a term; its code holds the taxonomy, since codes are unique in a package."""
        made = self._made.get((taxonomy, identifier))
        if made is None:
            code = f"{taxonomy}:{identifier}"
            name = self._words.term(VOCABULARIES.get(taxonomy, ""), identifier)
            made = {
                "id": identity(f"taxonomy_term/{code}"), "code": code, "name": name or code, "description": TAXONOMIES[taxonomy],
                "taxonomy": taxonomy, "taxonomy_id": identity(f"taxonomy/{taxonomy}"),
            }  # fmt: skip
            self._made[taxonomy, identifier] = made
        return made

    def attributes(self, owner: str, said: list[tuple[str, str, str, str]]) -> list[Row]:
        """Give the attributes of an object from (taxonomy, term, value, label); `owner` is its path."""
        count: Counter[tuple[str, str]] = Counter()
        rows = []
        for taxonomy, identifier, value, label in said:
            number = count[taxonomy, identifier]
            count[taxonomy, identifier] += 1
            row = {"id": identity(f"attribute/{owner}/{taxonomy}:{identifier}/{number}"), "link_entity": owner.partition("/")[0]}
            if value:
                row["value"] = value
            if label:
                row["label"] = label
            rows.append({**row, "taxonomy_term": self.term(taxonomy, identifier)})
        return rows


def taxonomies() -> list[Row]:
    """Give the taxonomies of our profile."""
    return [{"id": identity(f"taxonomy/{name}"), "name": name, "description": text} for name, text in TAXONOMIES.items()]


def other_languages(language: str) -> tuple[str, ...]:
    """Give the four languages, that of the file first."""
    return (language, *(code for code in LANGUAGES if code != language))
