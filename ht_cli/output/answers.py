"""What is said around results: how the question was read, who to call first, what is left out, where to look next."""

import sys
from collections.abc import Sequence

from ht_cli.hours_wording import date_text, hours_text, opening_text
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Moment, Openings, Place, Query, Resource
from ht_cli.output.results import Sheet
from ht_cli.output.terminal import note, width, wrapped, write
from ht_cli.search.answering import Answer, Rung
from ht_cli.wording import Words, site


def say_understood(query: Query, words: Words) -> None:
    """Say on stderr what was corrected, left aside or assumed."""
    for typed, meant in query.corrections:
        note(_("{typed} → {meant}").format(typed=typed, meant=meant))
    if query.abroad:
        note(_("{place} is outside Belgium: here is what can be reached from anywhere in Belgium.").format(place=query.abroad))
    if query.unknown and (query.facets or query.names):
        note(_("not understood, left aside: {words}").format(words=", ".join(query.unknown)))
    if len(query.places) > 1:
        note(_("several places: {places}").format(places=", ".join(place.name for place in query.places)))


def say_crisis_lines(lines: Sequence[Resource], sheet: Sheet, openings: Sequence[Openings]) -> None:
    """Put the lines to call before everything: on stdout for people, on stderr where stdout is for a machine."""
    if not lines:
        return
    said = [
        _("In danger now, or somebody else is? Call:"),
        *(line for pair in zip(lines, openings, strict=True) for line in line_lines(*pair)),
        "",
    ]
    if sheet.for_machines or sheet.output:
        note("\n".join(said[:-1]))
    else:
        write([line + "\n" for line in said])


def line_lines(line: Resource, openings: Openings) -> list[str]:
    """Say one line to call: number, name, languages, hours, and whether it answers; set in, and cut to the window on a terminal."""
    text = _line_text(line, openings)
    return wrapped(text, max(width(), 30), first="  ", then="      ") if sys.stdout.isatty() else [f"  {text}"]


def _line_text(line: Resource, openings: Openings) -> str:
    opening = openings.phones[0] if openings.phones else openings.best
    number = (line.phones[0].national or line.phones[0].number) if line.phones else site(line.url)
    services = {"urgence-112": _("ambulance and fire brigade"), "police-101": _("police")}  # the names that the catalogue has are French
    name = services.get(line.id) or line.name.replace(f"{number} – ", "").removeprefix(f"{number} ")
    # Hours are written in French: to others the sentence made of them says more, where there is one.
    hours = hours_text(opening.text, opening) if languages()[0] == "fr" or opening.state == "unknown" else ""
    return f"{number}  {name} ({'/'.join(line.languages)}{', ' if hours else ''}{hours}) · {opening_text(opening, openings.moment)}"


def say_explanation(query: Query, hits: Sequence[Hit], words: Words) -> None:
    """Say on stderr how the question was read, and what each result scored for."""
    read = [(_("places"), ", ".join(_place_text(place) for place in query.places))]
    for kind, label in (("needs", _("needs")), ("audiences", _("for whom")), ("offers", _("offers")), ("kinds", _("kinds"))):
        read.append((label, words.terms(kind, getattr(query, kind))))
    read += [(_("languages"), ", ".join(query.languages)), (_("age"), "" if query.age is None else str(query.age))]
    read += [(_("about"), words.terms("relations", query.relations)), (_("danger"), words.terms("dangers", query.danger.kinds if query.danger.level == "alarm" else ()))]
    for label, value in read:
        if value:
            note(f"{label}: {value}")
    for hit in hits:
        note(f"{hit.score:7.2f}  {hit.resource.id}  {', '.join(hit.why)}")


def _place_text(place: Place) -> str:
    return f"{place.name} ({place.code})"


def say_moment(moment: Moment) -> None:
    """Say on stderr how the text of --open-at was read."""
    if not moment.now:
        note(_("who answers on {moment}:").format(moment=date_text(moment.at)))


def say_hours(found: Answer, moment: Moment) -> None:
    """Say on stderr how many of the results have unknown hours, and how many are closed and left out."""
    unknown = sum(hit.openings is not None and hit.openings.best.state == "unknown" for hit in found.hits)
    if unknown:
        note(_("The hours of {count} of these are unknown: they stand last, ask.").format(count=unknown))
    if found.closed:
        if found.closed_and_more:
            text = _("At least {count} more are closed now.") if moment.now else _("At least {count} more are closed then.")
        else:
            text = _("{count} more are closed now.") if moment.now else _("{count} more are closed then.")
        note(text.format(count=found.closed))


def say_more(found: Answer, limit: int, query: Query, words: Words) -> None:
    """Say on stderr what the reader cannot see: further results, and facts to ask about."""
    if found.more:
        note(_("There are more than {limit} results: --limit {double} shows more.").format(limit=limit, double=limit * 2))
    if query.needs and not any(set(query.needs) & set(hit.resource.needs) for hit in found.hits):
        note(_("None of these lists {needs}: they take any need, or one close to it.").format(needs=words.terms("needs", query.needs)))
    unreachable = sum(not hit.resource.reachable for hit in found.hits)
    if unreachable:
        note(_("No contact is known for {count} of them: each says so.").format(count=unreachable))


def say_nothing_found(ladder: Sequence[Rung], words: Words) -> None:
    """Say on stderr that nothing answers, and with exact counts what would."""
    note(_("Nothing in the catalogue answers all of this."))
    for rung in ladder:
        note("  " + _rung_text(rung))
    note(_("Somebody to talk to, now: ht urgent"))


def _rung_text(rung: Rung) -> str:
    if rung.place:
        return _("in {place}: {count}").format(place=rung.place.name, count=rung.resources)
    left_out = {
        "needs": _("without the need: {count}"), "audiences": _("without saying for whom: {count}"), "offers": _("without the offer: {count}"),
        "kinds": _("without the kind: {count}"), "languages": _("without the language: {count}"), "channels": _("without the channel: {count}"),
        "costs": _("free or not, or cost unknown: {count}"), "referral": _("with or without referral, or unknown: {count}"),
        "core": _("with the place and the need alone: {count}"), "age": _("without the age: {count}"), "places": _("anywhere in Belgium: {count}"), "near": _("however far, serving the place: {count}"), "open_at": _("whether they answer at that time or not: {count}"),
        "online": _("by phone or internet, from anywhere: {count}"),
    }  # fmt: skip
    return left_out[rung.facet].format(count=rung.resources)


def say_where_to_begin() -> None:
    """Offer the guide on stderr to somebody who asked for nothing yet."""
    note(_("Not sure where to begin? That is all right: ht guide shows the way, one step at a time."))
    note(_("Or say it in your own words, with a town: ht find worn out brussels"))
