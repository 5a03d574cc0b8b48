"""Joins the words of a question with the options beside it into one Query."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from ht_cli.errors import NotFoundError, UsageError
from ht_cli.locale import translate as _
from ht_cli.model import Query
from ht_cli.search.danger import worse
from ht_cli.search.hours_asked import NOW
from ht_cli.search.lookups import HIDDEN, INTERPRETERS, Filters, Lookups
from ht_cli.search.option_values import read_option
from ht_cli.search.ranking import serving
from ht_cli.search.reading import INTERPRETER, read_question
from ht_cli.search.subjects import subjects_of_needs
from ht_cli.search.wishes import Wishes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


PART_OF_A_DAY = timedelta(hours=4)  # how long an evening or a morning that is named goes on
_FACETS = (
    ("need", "needs"), ("audience", "audiences"), ("offer", "offers"), ("kind", "kinds"), ("language", "languages"), ("channel", "channels"),
)  # fmt: skip


def ask(text: str, wishes: Wishes, lookups: Lookups) -> Query:
    """Read words and options. Raises UsageError for an option value that means nothing, and for --near without a town."""
    query = read_question(text, lookups, exact=wishes.exact) if text.strip() else Query()
    for option, facet in _FACETS:
        for value in getattr(wishes, facet):
            query = _joined(query, read_option(option, value, lookups), facet, lookups)
    if wishes.city:
        city = read_option("city", wishes.city, lookups)
        query = query._replace(
            places=city.places, homonyms=city.homonyms, abroad=city.abroad, corrections=(*query.corrections, *city.corrections)
        )
    if wishes.age is not None:
        query = query._replace(age=wishes.age)
    if wishes.free:
        query = query._replace(costs=("free",), required=query.required | {"costs"})
    if wishes.without_referral:
        query = query._replace(referral=("not-needed",), required=query.required | {"referral"})
    if wishes.near is not None and not query.places:
        raise UsageError(_("--near needs a town: add --city"))
    return _with_interpreters_here(query, lookups) if query.interpreted else query


def _with_interpreters_here(query: Query, lookups: Lookups) -> Query:
    """Grant the wish for an interpreter where one serves the place; elsewhere it stays one to ask about."""
    known = Filters(hidden=sum(HIDDEN.values()) - HIDDEN["professionals"])
    here = bool(query.places) and any(serving(number, query, lookups, known) for number in lookups.numbers_of(INTERPRETERS))
    left = tuple(wish for wish in query.not_used if not (here and wish == INTERPRETER))
    return query._replace(interpreted=here, not_used=left)


def with_moment_said(query: Query, wishes: Wishes, clock: Callable[[], datetime]) -> Wishes:
    """Give the wishes with the moment that the words ask about, where no option names one; `clock` gives the time in Europe/Brussels."""
    if not query.open_at or wishes.open_at is not None or query.in_danger:  # "raped on saturday" asks for no hour
        return wishes
    from ht_cli.search.moments import asked_moment  # wanted only for a search by hours

    said = None if query.open_at == NOW else query.open_at
    begun = asked_moment(said is None, said, lambda: clock() - PART_OF_A_DAY)
    now = begun is not None and begun.at <= clock()  # "sunday evening", asked on Sunday at ten in the evening
    return wishes._replace(open_at=asked_moment(now, None if now else said, clock))


def require_understood(query: Query) -> None:
    """Require that a question asks something. Raises UsageError when nothing was said, NotFoundError when none of it is known."""
    if query.facets or query.names:
        return
    if not query.text.strip():
        raise UsageError(_("say what you look for, for example: ht find burnout namur (ht find --help)"))
    if query.gone:
        said = _("{name} is closed, and nothing follows it; what was known of it: ht show {id}")
        raise NotFoundError("\n".join(said.format(name=one.name, id=one.id) for one in query.gone))
    if query.unlisted:
        raise NotFoundError(_("no resource of the catalogue has the number {number}").format(number=", ".join(query.unlisted)))
    if query.guesses:  # it is asked back what is meant: something was understood, and is not sure
        commands = [*(f"ht find --need {need}" for need in query.guesses), "ht terms needs"]
        raise NotFoundError("\n  ".join([_("to search for what is meant, or to see all that may be:"), *commands]))
    unknown = _("nothing understood in “{text}”; `ht terms` lists what one can search for").format(text=query.text)
    said_above = query.danger.level != "none"  # whom to call stands before everything
    raise NotFoundError(unknown if said_above else f"{unknown}\n{_('In danger: 112. Somebody to talk to, now: ht urgent')}")


def _joined(query: Query, option: Query, facet: str, lookups: Lookups) -> Query:
    terms = tuple(dict.fromkeys([*getattr(option, facet), *getattr(query, facet)]))
    changes: dict[str, Any] = {
        facet: terms,
        "required": query.required | {facet},
        "corrections": (*query.corrections, *option.corrections),
        "taken": (*query.taken, *option.taken),
    }
    if facet == "needs":
        changes["danger"] = worse((option.danger, query.danger))
        changes["heard"] = (*option.heard, *query.heard)
        changes["guesses"] = ()
        changes["subjects"] = tuple(dict.fromkeys((*subjects_of_needs(option.needs, lookups), *query.subjects)))
    if facet == "audiences":
        changes["relations"] = tuple(dict.fromkeys([*option.relations, *query.relations]))
    return query._replace(**changes)
