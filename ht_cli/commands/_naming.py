"""Which resource a text names: its id, a misspelt or a cut one, its name; words that name none are searched."""

from __future__ import annotations

from ht_cli.catalogue.facts.reading import read_ids_beginning, read_names, read_resources, resolve_id
from ht_cli.errors import AmbiguousError, NotFoundError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.output.terminal import note
from ht_cli.search.names import WHOLE, names_in, near_names
from ht_cli.search.question import tokenize
from ht_cli.search.text import key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.model import Resource
    from ht_cli.search.lookups import Lookups

OFFERED = 5  # resources, where words were typed for an id


def named_resources(texts: Sequence[str], lexicon: Lexicon, connection: Connection, *, command: str, guess: bool = True) -> list[Resource]:
    """Give the resources that texts name, each of them one, or all of them together one; words that name none are searched.

    Raises AmbiguousError with what the search found, for somebody to choose from, and NotFoundError where that is nothing.
    """
    try:
        return [one_resource(text, lexicon, connection, guess=guess and len(texts) == 1) for text in texts]
    except (NotFoundError, AmbiguousError) as error:
        if len(texts) == 1 and " " not in texts[0].strip():
            raise
        words = " ".join(texts)
        whole, sure = _named(words, lexicon, connection)
        if len(whole) == 1 and (sure or guess):
            return [one_resource(whole[0], lexicon, connection)]
        found = _searched(words, lexicon)
        if not found:
            raise
        raise AmbiguousError(
            _("“{text}” is no id; which of these is meant? {command} ID").format(text=words, command=command), found
        ) from error


def _searched(words: str, lexicon: Lexicon) -> list[str]:
    """Give the ids of the best answers to words, and say first whom to call where they speak of danger."""
    from ht_cli.commands._danger import warn  # as much as a search, wanted only where words were typed for an id
    from ht_cli.search.answering import answer
    from ht_cli.search.asking import Wishes, ask

    query = ask(words, Wishes(), lexicon)
    warn(query, lexicon)
    return [hit.resource.id for hit in answer(query, Wishes(), lexicon, languages(), OFFERED).hits] if query.facets or query.names else []


def one_resource(text: str, lookups: Lookups, connection: Connection, *, follow: bool = True, guess: bool = True) -> Resource:
    """Give the one resource that a text names, following a closed one to its successor unless told not to.

    Without `guess` only its id or its whole name will do: what writes, or answers a program, never takes one
    resource for another. Raises NotFoundError when there is none, AmbiguousError with the candidates' ids
    when there are several, or one that is only near.
    """
    identifier = resolve_id(connection, text)
    if identifier is None:
        candidates, sure = _named(text, lookups, connection)
        if not candidates:
            raise NotFoundError(_("no resource is called “{text}”; search with: ht find {text}").format(text=text))
        if len(candidates) > 1:
            raise AmbiguousError(_("“{text}” may be any of these; which one?").format(text=text), candidates)
        if not (sure or guess):
            raise AmbiguousError(_("“{text}” is not a whole id; if this one is meant, give it whole:").format(text=text), candidates)
        identifier = candidates[0]
        note(_("{typed} → {meant}").format(typed=text, meant=identifier))
    (resource,) = read_resources(connection, [identifier])
    passed = {resource.id}
    while follow and resource.status == "closed" and resource.successor and resource.successor not in passed:
        note(_("{name} is closed; what follows it is shown.").format(name=resource.name))
        (resource,) = read_resources(connection, [resource.successor])
        passed.add(resource.id)  # two who close at the same time may each name the other
    return resource


def _named(text: str, lookups: Lookups, connection: Connection) -> tuple[list[str], bool]:
    """Give the ids that a text may mean, and whether it is their whole name as it is written."""
    whole = [number for number, _key, shape in lookups.named([key(text)]) if shape == "whole"]
    if whole:
        return [resource.id for resource in lookups.resources(whole).values()], True
    beginning = read_ids_beginning(connection, text.strip().rstrip("…").lower())  # an id that a narrow window or a hand has cut
    if beginning and ("-" in text or "…" in text):
        return beginning, False
    numbers = names_in(text.replace("-", " "), tokenize(text).tokens, lookups)
    likely = [number for number, how in numbers.items() if how == WHOLE] or list(numbers)
    return [resource.id for resource in lookups.resources(likely).values()] or near_names(text, read_names(connection)) or beginning, False
