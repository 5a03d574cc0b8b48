"""Which resources a line of words and filters means: the whole catalogue without any, else exactly what the search shows."""

from __future__ import annotations

from ht_cli.catalogue.facts.reading import read_ids, read_ids_since
from ht_cli.dates import day_text
from ht_cli.errors import NotFoundError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.search.wishes import Wishes

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence


EVERY_HIT = 10_000_000


def select_ids(connection: sqlite3.Connection, words: str, wishes: Wishes, since: str = "", *, offered: bool = False) -> list[str]:
    """Give the ids meant, in alphabetical order; `since` (ISO 8601) keeps what was changed or checked from that day on.

    Of the whole catalogue, `offered` leaves out what nobody could reach.

    Raises NotFoundError when there is none; what a search would find otherwise is said on stderr.
    """
    if _narrowed(words, wishes):
        ids = _searched(connection, words, wishes)
    else:
        ids = read_ids(connection, all_statuses=wishes.show_all, offered=offered)
    ids = _fresh(connection, ids, since)
    if not ids and since:
        raise NotFoundError(
            _("none of these was changed or checked since {date}; leave out --since for all of them").format(date=day_text(since))
        )
    if not ids:
        raise NotFoundError(_("this catalogue holds nothing to show; --all adds closed and unverified ones"))
    return ids


def count_unreached(connection: sqlite3.Connection, words: str, wishes: Wishes, since: str, ids: Sequence[str]) -> int:
    """Give how many active ones of the whole catalogue are not among the ids since nobody could reach them; none of a search."""
    if wishes.show_all or _narrowed(words, wishes):
        return 0
    return len(set(_fresh(connection, read_ids(connection), since)) - set(ids))


def _narrowed(words: str, wishes: Wishes) -> bool:
    return bool(words.strip()) or wishes._replace(show_all=False, exact=False) != Wishes()


def _fresh(connection: sqlite3.Connection, ids: list[str], since: str) -> list[str]:
    if not since:
        return ids
    fresh = read_ids_since(connection, since)
    return [identifier for identifier in ids if identifier in fresh]


def _searched(connection: sqlite3.Connection, words: str, wishes: Wishes) -> list[str]:
    from ht_cli.catalogue.index.lexicon import Lexicon  # 10 ms with what it brings, not wanted for the whole catalogue
    from ht_cli.catalogue.index.vocabulary import read_words
    from ht_cli.commands._danger import warn
    from ht_cli.output.answers import say_nothing_found, say_understood
    from ht_cli.search.answering import answer
    from ht_cli.search.asking import ask, require_understood

    lexicon = Lexicon(connection, hidden=wishes.show_all)
    query = ask(words, wishes, lexicon)
    said = read_words(connection, languages()[0])
    warn(query, lexicon)
    say_understood(query, said)
    require_understood(query)
    found = answer(query, wishes, lexicon, languages(), EVERY_HIT)
    if not found.hits:
        say_nothing_found(found.ladder, said)
        raise SystemExit(1)
    return sorted(hit.resource.id for hit in found.hits)
