"""Reads and checks data/sources/: the one place where the released facts are edited.

Every fault says which file, which field, and what is allowed; all are gathered before any is raised.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ht_cli.catalogue.facts.records import in_languages, make_resource
from ht_cli.catalogue.keeping.checking import Allowed
from ht_cli.catalogue.keeping.checking import faults as check
from ht_cli.catalogue.release.sentences import Sentence, read_notions, read_sentences
from ht_cli.errors import InvalidDataError
from ht_cli.fields import SPOKEN, SPOKEN_PARTS
from ht_cli.model import LANGUAGES, TERM_KINDS, Resource


@dataclass
class Sources:
    """Everything the sources hold: records, places as CSV rows, vocabulary as read from TOML."""

    resources: list[Resource] = field(default_factory=list)
    municipalities: list[dict[str, str]] = field(default_factory=list)
    localities: list[dict[str, str]] = field(default_factory=list)
    quarters: list[dict[str, str]] = field(default_factory=list)  # places that people name and the post does not
    districts: list[dict[str, str]] = field(default_factory=list)  # regions that people name and no law does: Westhoek, Gaume
    provinces: list[dict[str, str]] = field(default_factory=list)
    former: list[dict[str, str]] = field(default_factory=list)
    abroad: list[dict[str, str]] = field(default_factory=list)
    outlines: list[dict[str, str]] = field(default_factory=list)
    ordinary_words: frozenset[str] = frozenset()  # towns that are also words
    everyday_words: frozenset[str] = frozenset()  # words that look like misspelt ones of the vocabulary, folded
    sentences: list[Sentence] = field(default_factory=list)  # from which the ears learn
    development: list[Sentence] = field(default_factory=list)  # by other writers, to make their probabilities true
    notions: dict[str, dict[str, frozenset[str]]] = field(default_factory=dict)
    absorbed: list[str] = field(default_factory=list)  # entries of keepers' journals that the records say already
    terms: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    words: dict[str, dict[str, Any]] = field(default_factory=dict)


def read_sources(directory: Path) -> Sources:
    """Read and check everything under data/sources. Raises InvalidDataError listing every fault."""
    sources = Sources()
    places, vocabulary = directory / "places", directory / "vocabulary"
    sources.municipalities = _rows(places / "municipalities.csv")
    sources.localities = _rows(places / "localities.csv")
    sources.quarters = _rows(places / "quarters.csv")
    sources.districts = _rows(places / "districts.csv")
    sources.provinces = _rows(places / "provinces.csv")
    sources.former = _rows(places / "former_municipalities.csv")
    sources.abroad = _rows(places / "abroad.csv")
    sources.outlines = _rows(places / "outlines.csv")
    sources.ordinary_words = frozenset((places / "ordinary_words.txt").read_text("utf-8").split())
    sources.everyday_words = frozenset((vocabulary / "everyday_words.txt").read_text("utf-8").split())
    absorbed = directory / "absorbed.txt"
    sources.absorbed = sorted(set(absorbed.read_text("utf-8").split())) if absorbed.exists() else []
    faults: list[str] = []
    sources.terms = _toml(vocabulary / "terms.toml", faults)
    for language in LANGUAGES:
        sources.words[language] = _toml(vocabulary / f"{language}.toml", faults)
        faults += _vocabulary_faults(f"vocabulary/{language}.toml", sources.words[language], sources.terms)
    hearing, needs = directory / "hearing", sources.terms.get("needs", {})
    sources.sentences = read_sentences(hearing / "training", needs, faults)
    sources.development = read_sentences(hearing / "development", needs, faults)
    sources.notions = read_notions(hearing / "notions")
    allowed = _allowed(sources)
    for path in sorted((directory / "resources").glob("*.toml")):
        record = _toml(path, faults)
        if record:
            if "phones" in record:  # a label without a language is a name, the same in each
                record |= in_languages({"phones": record["phones"]}, LANGUAGES)
            found = check(path.stem, record, allowed) or list(_unspoken(record))
            faults += [f"resources/{path.name}: {fault}" for fault in found]
            if not found:
                sources.resources.append(make_resource(path.stem, record))
    known = {resource.id for resource in sources.resources}
    faults += [
        f"resources/{r.id}.toml: successor: no resource has the id {r.successor!r}"
        for r in sources.resources
        if r.successor and r.successor not in known
    ]
    if faults:
        raise InvalidDataError("\n".join(faults))
    return sources


def _unspoken(record: dict[str, Any]) -> Iterator[str]:
    """Give each text that a reader of one of the languages would have to read in another."""
    texts = [(name, record[name]) for name in SPOKEN if record.get(name)]
    texts += [(f"phones.{part}", phone[part]) for phone in record.get("phones", ()) for part in SPOKEN_PARTS if phone.get(part)]
    for name, versions in texts:
        lacking = [language for language in LANGUAGES if not versions.get(language, "").strip()]
        if lacking:
            yield f"{name}: not said in {', '.join(lacking)}"


def _allowed(sources: Sources) -> Allowed:
    postcodes = {row["nis"]: row["postcodes"].split(";") for row in sources.municipalities}
    return Allowed.made_of(sources.terms, postcodes, {row["province"]: row["region"] for row in sources.provinces})


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _toml(path: Path, faults: list[str]) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        faults.append(f"{path.parent.name}/{path.name}: not TOML in UTF-8: {error}")
        return {}


def _vocabulary_faults(name: str, words: dict[str, Any], terms: dict[str, Any]) -> Iterator[str]:
    for kind in TERM_KINDS:
        for identifier in words.get(kind, {}):
            if identifier not in terms.get(kind, {}):
                yield f"{name}: [{kind}.{identifier}]: unknown term; terms.toml has {', '.join(terms.get(kind, {}))}"
        for identifier in terms.get(kind, {}):
            if not words.get(kind, {}).get(identifier, {}).get("label"):
                yield f"{name}: [{kind}.{identifier}]: label is missing"
