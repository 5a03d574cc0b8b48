"""What is said around results: how the question was read, who to call first, what is left out, where to look next."""

import sys
from collections.abc import Iterator, Mapping, Sequence

from ht_cli.hours_wording import date_text, hours_said, hours_text, opening_text
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.locale import translate_count as _n
from ht_cli.model import Hit, Homonym, Moment, Openings, Query, Resource
from ht_cli.output.terminal import note, typed_as_a_line, width, wrapped, write
from ht_cli.search.answering import Answer, Rung
from ht_cli.wording import Words, listed, marked, site

ALL_AT_ONCE = 50  # results that one may like to see all of
FIRST_STEP = 23  # columns of a command to begin with, and the least beside it for what it does
SURE, LIKELY = 0.75, 0.4  # probabilities of what was heard, as they are put in words


def say_understood(query: Query, words: Words) -> None:
    """Say on stderr what was said and what was only heard, what was corrected, left aside, not used or assumed."""
    if query.heard:
        heard = dict(query.heard)
        said = words.terms("needs", tuple(need for need in query.needs if need not in heard))
        between = ", ".join(_heard_text(words.term("needs", need), share) for need, share in query.heard)
        note(_("said: {said} · heard: {heard}").format(said=said, heard=between) if said else _("heard: {heard}").format(heard=between))
    say_corrections(query, words)
    for one in query.gone if query.facets or query.names else ():
        followed, alone = (
            _("{name} is closed; what follows it is shown."),
            _("{name} is closed, and nothing follows it; what was known of it: ht show {id}"),
        )
        note((followed if one.successor else alone).format(name=one.name, id=one.id))
    if query.abroad:
        say_abroad(query.abroad)
    if query.unknown and (query.facets or query.names):
        note(_("not understood, left aside: {words}").format(words=", ".join(query.unknown)))
    if query.unlisted and (query.facets or query.names):
        note(_("no resource of the catalogue has the number {number}").format(number=", ".join(query.unlisted)))
    if query.not_used:
        note(_("not used, for the catalogue does not know it, so ask: {wishes}").format(wishes=words.terms("unrecorded", query.not_used)))
    say_homonyms(query.homonyms, words, "--city")
    for place in query.places:
        if place.nis and place.region != "brussels" and len(place.languages) > 1:
            spoken = words.terms("languages", place.languages)
            note(
                _("{place} has facilities ({languages}): help in both is shown, yours first.").format(
                    place=words.town(place), languages=spoken
                )
            )
    if len(query.places) > 1:
        note(_("several places: {places}").format(places=", ".join(map(words.town, query.places))))
    if query.cut:
        left = _n(
            "A very long text: {count} word at its end was not read.",
            "A very long text: {count} words at its end were not read.",
            query.cut,
        )
        note(left.format(count=query.cut))
    if query.guesses:
        say_guesses(query.guesses, words, beside_results=bool(query.facets or query.names))


def say_abroad(place: str) -> None:
    """Say on stderr that a place is none of Belgium's, and what is given instead."""
    note(_("{place} is outside Belgium: here is what can be reached from anywhere in Belgium.").format(place=place))


def say_corrections(query: Query, words: Words) -> None:
    """Say on stderr which words were mended, and into what: a town into its name in the reader's language; and what an option was taken for."""
    towns = {place.name: words.town(place) for place in query.places}
    mended = [(typed, towns.get(meant, meant)) for typed, meant in query.corrections]
    for typed, meant in [*mended, *((typed, words.terms(kind, terms)) for typed, kind, terms in query.taken)]:
        note(_("{typed} → {meant}").format(typed=typed, meant=meant))


def say_place_taken(query: Query, words: Words) -> None:
    """Say on stderr what a place was taken for where its name is not one that is known, and what of it was left aside."""
    for typed, meant in query.corrections:
        taken = next((words.place(place) for place in query.places if place.name == meant), meant)
        note(_("no place is called “{text}”; taken: {taken}").format(text=typed, taken=taken))
    if query.unknown:
        note(_("not understood, left aside: {words}").format(words=", ".join(query.unknown)))


def say_homonyms(homonyms: Sequence[Homonym], words: Words, option: str) -> None:
    """Say on stderr which of several places of one name was taken, the others, and how `option` chooses one of them, or words do."""
    for homonym in homonyms:
        taken, *others = (words.place(place) for place in homonym.places)
        said = _("“{name}” may be several places; taken: {taken}. There is also: {others}. To choose: {choice}")
        choice = f'{option} "{others[0]}"' if typed_as_a_line() else others[0]
        note(said.format(name=homonym.name, taken=taken, others=" · ".join(others), choice=choice))


def say_guesses(guesses: Sequence[str], words: Words, *, beside_results: bool = True) -> None:
    """Ask back on stderr in one line where no need is sure, and say how to answer.

    A line gets the option that answers, `beside_results`; else whole commands follow. Where one types no line, the name is typed.
    """
    named = [words.term("needs", need) for need in guesses]
    if typed_as_a_line() and beside_results:
        named = [_("{label} (--need {need})").format(label=label, need=need) for label, need in zip(named, guesses, strict=True)]
    if len(named) == 1:
        asked = _("Is it about {first}?") if typed_as_a_line() else _("Is it about {first}? If so, type it.")
        note(asked.format(first=named[0]))
    else:
        asked = _("Is it about {first} or {second}?") if typed_as_a_line() else _("Is it about {first} or {second}? Type which.")
        note(asked.format(first=named[0], second=named[1]))


def _age_told(query: Query) -> str:
    """Say the age with the words that gave it; empty without one."""
    if query.age is None:
        return ""
    if not query.age_said:
        return str(query.age)
    if query.age_said == str(query.age):
        return _("{age} (a number that stands alone)").format(age=query.age)
    return f"{query.age} (“{query.age_said}”)"


def _heard_text(label: str, share: float) -> str:
    if share >= SURE:
        return _("{need} (very likely)").format(need=label)
    return (_("{need} (likely)") if share >= LIKELY else _("{need} (perhaps)")).format(need=label)


def say_danger(query: Query, lines: Sequence[Resource], openings: Sequence[Openings], beside: Sequence[Resource]) -> None:
    """Put the lines to call before everything, on stderr; what is closed now last. A quiet word is one line.

    Each line of an alarm begins with its number, 112 first; `beside` are the lines that the quiet word names.
    """
    said = danger_said(query, lines, beside)
    if lines:
        block = [said, *(line for pair in who_answers_first(lines, openings) for line in line_lines(*pair))]
        note("\n".join([*block, ""] if sys.stderr.isatty() else block))
    elif said:
        note(said)


def danger_said(query: Query, lines: Sequence[Resource], beside: Sequence[Resource]) -> str:
    """Give what is said of danger above the lines to call, or the quiet word, which names those `beside`; empty without danger."""
    if lines:
        return _("Are you in danger, or somebody else? Call:")
    if query.danger.level != "quiet":
        return ""
    if not beside:
        return _("If somebody may be in danger: 112.")
    talking = listed([f"{number} ({name})" for number, name in map(_number_and_name, beside)], either=True)
    return _("If somebody may be in danger: 112. To talk to somebody now: {lines}.").format(lines=talking)


def who_answers_first(lines: Sequence[Resource], openings: Sequence[Openings]) -> list[tuple[Resource, Openings]]:
    """Give the lines to call, each with whether it answers; those that are closed now last."""
    return sorted(zip(lines, openings, strict=True), key=lambda pair: pair[1].best.state == "closed")


def line_lines(line: Resource, openings: Openings) -> list[str]:
    """Say one line to call; on a terminal as much of it as one line holds."""
    said = line_said(line, openings)
    if not sys.stderr.isatty():
        return [f"  {said[0]}"]
    columns = max(width(), 30)
    return wrapped(that_fits(said, columns - 2), columns, first="  ", then="      ")


def that_fits(said: Sequence[str], columns: int) -> str:
    """Give the first of some sentences, the fullest first, for which there is room, else the last."""
    return next((text for text in said if len(text) <= columns), said[-1])


def line_said(line: Resource, openings: Openings) -> list[str]:
    """Say one line to call, number, name, languages, hours, and whether it answers; then the same in fewer and fewer words."""
    opening = next((opening for phone, opening in zip(line.phones, openings.phones, strict=True) if not phone.is_fax), openings.best)
    number, name = _number_and_name(line)
    spoken = "/".join(line.languages)
    hours = hours_text(marked(*hours_of_line(line)), opening)
    beside = [f"({spoken}, {hours}) ·"] if hours else []
    understood = ["·"] if languages()[0] in line.languages else []  # a line that speaks another language says so whatever the room
    states = [opening_text(opening, openings.moment), opening_text(opening._replace(note=""), openings.moment)]
    return [f"{number}  {name} {which} {state}" for which in (*beside, f"({spoken}) ·", *understood) for state in states]


def hours_of_line(line: Resource) -> tuple[str, str]:
    """Give the hours of the first number of a line, else its own, in words, and their language where it is not the reader's."""
    first = next((phone for phone in line.dialled[:1] if phone.hours or phone.hours_osm), line)
    return hours_said(first.hours, first.hours_osm)


def _number_and_name(line: Resource) -> tuple[str, str]:
    number = (line.dialled[0].national or line.dialled[0].number) if line.dialled else site(line.url)
    services = {"urgence-112": _("ambulance and fire brigade"), "police-101": _("police")}  # the names that the catalogue has are French
    return number, services.get(line.id) or line.name.replace(f"{number} – ", "").removeprefix(f"{number} ")


def say_explanation(query: Query, hits: Sequence[Hit], words: Words, weighed: Mapping[str, Sequence[str]]) -> None:
    """Say on stderr how the question was read, which words weighed most for each need, and what each result scored for."""
    read = [(_("places"), ", ".join(f"{words.town(place)} ({place.code})" for place in query.places))]
    for kind, label in (
        ("needs", _("needs")),
        ("audiences", _("for whom")),
        ("offers", _("offers")),
        ("kinds", _("kinds")),
        ("channels", _("ways to reach it")),
        ("costs", _("cost")),
    ):
        read.append((label, words.terms(kind, getattr(query, kind))))
    read += [
        (_("languages"), ", ".join(query.languages)),
        (_("age"), _age_told(query)),
    ]
    voices = {"self": _("about oneself"), "other": _("about somebody else"), "worker": _("a professional about somebody")}
    read += [
        (_("who speaks"), voices.get(query.voice, "")),
        (_("about"), words.terms("relations", query.relations)),
        (_("danger"), words.terms("dangers", query.danger.kinds if query.danger.level == "alarm" else ())),
    ]
    for label, value in read:
        if value:
            note(f"{label}: {value}")
    for need, telling in weighed.items():
        note(_("{need}: heard most in {words}").format(need=words.term("needs", need), words=" · ".join(telling)))
    for hit in hits:
        note(f"{hit.score:7.2f}  {hit.resource.id}  {', '.join(hit.why)}")
        note(" " * 9 + " ".join(f"{rule} {points:+.0f}" for rule, points in hit.weighed))


def say_moment(moment: Moment, hits: Sequence[Hit]) -> None:
    """Say on stderr which moment was asked about, by an option or by the words; and where none of those shown answers then, that."""
    if any(hit.openings is not None and hit.openings.best.state == "open" for hit in hits):
        said = _("Who answers now:") if moment.now else _("Who answers on {moment}:")
    else:
        said = _("Nobody is known to answer now.") if moment.now else _("Nobody is known to answer on {moment}.")
    note(said.format(moment=date_text(moment.at)))


def say_distance(query: Query, words: Words) -> None:
    """Say on stderr within how many kilometres of the place the answers are, where the words ask for it."""
    said = _("No farther than {km} km from {place}, where an address is known:")
    note(said.format(km=f"{query.within:g}", place=words.town(query.places[0])))


def hours_notes(found: Answer, moment: Moment, *, headed: bool = False) -> Iterator[str]:
    """Say how many of the results have unknown hours, unless these are `headed` as such, and how many are closed and left out."""
    unknown = 0 if headed else sum(hit.openings is not None and hit.openings.best.state == "unknown" for hit in found.hits)
    if unknown:
        last = _n(
            "The hours of {count} of these are unknown: it stands last, ask.",
            "The hours of {count} of these are unknown: they stand last, ask.",
            unknown,
        )
        yield last.format(count=unknown)
    if found.closed:
        yield _closed_text(found.closed, at_least=found.closed_and_more, now=moment.now).format(count=found.closed)


def _closed_text(count: int, *, at_least: bool, now: bool) -> str:
    if at_least and now:
        return _n("At least {count} more is closed now.", "At least {count} more are closed now.", count)
    if at_least:
        return _n("At least {count} more is closed then.", "At least {count} more are closed then.", count)
    if now:
        return _n("{count} more is closed now.", "{count} more are closed now.", count)
    return _n("{count} more is closed then.", "{count} more are closed then.", count)


def distance_notes(found: Answer, query: Query, words: Words) -> Iterator[str]:
    """Say how many services that serve the place a distance left out because no address of theirs is known, and how to see them."""
    if found.without_address:
        said = _n(
            "{count} more serves {place}, and its address is not known: it is shown without --near.",
            "{count} more serve {place}, and their addresses are not known: they are shown without --near.",
            found.without_address,
        )
        place = words.town(query.places[0])
        yield said.format(count=f"{found.without_address}+" if found.closed_and_more else found.without_address, place=place)


def needs_notes(found: Answer, query: Query, words: Words) -> Iterator[str]:
    """Say that no result lists a need that was asked for."""
    if query.needs and not any(set(query.needs) & set(hit.resource.needs) for hit in found.hits):
        needs = listed([words.term("needs", need) for need in query.needs], either=True)
        yield _("None of these lists {needs}: they take any need, or one close to it.").format(needs=needs)


def contact_notes(found: Answer) -> Iterator[str]:
    """Say for how many of the results no contact is known."""
    unreachable = sum(not hit.resource.reachable for hit in found.hits)
    if unreachable:
        said = _n(
            "No contact is known for {count} of them: it says so.", "No contact is known for {count} of them: each says so.", unreachable
        )
        yield said.format(count=unreachable)


def say_more(shown: int, found: Answer, total: int | None, *, doubling: bool = True) -> None:
    """Say on stderr how many results are not shown, and how to see them; `total` is None where more than those found were not counted.

    The limit that shows the next is twice as many as were looked for, or, where the window said how many, a round number above these.
    """
    further = 2 * len(found.hits) if doubling else max(20, (shown // 10 + 1) * 10)
    if total is None and found.more:
        limit = len(found.hits)
        more = _n(
            "There is more than {limit} result: --limit {double} shows more.",
            "There are more than {limit} results: --limit {double} shows more.",
            limit,
        )
        note(more.format(limit=limit, double=further))
        return
    total = len(found.hits) if total is None else total
    if shown < total <= ALL_AT_ONCE:
        left = total - shown
        note(
            _n("{count} more, seen with: --limit {limit}", "{count} more, all of them with: --limit {limit}", left).format(
                count=left, limit=total
            )
        )
    elif shown < total:
        left = total - shown
        said = _n("{count} more, the next with: --limit {limit}", "{count} more, the next with: --limit {limit}", left)
        note(said.format(count=left, limit=further))


def whom_to_talk_to(line: Resource | None) -> str:
    """Say whom to call in danger, and the number of who listens: for who cannot type a command where it is said."""
    if line is None:
        return _("In danger: 112.")
    number, name = _number_and_name(line)
    return _("In danger: 112. Somebody to talk to, now: {number} ({name}).").format(number=number, name=name)


def say_nothing_found(ladder: Sequence[Rung], words: Words, talk: str = "") -> None:
    """Say on stderr that nothing answers, and with exact counts what would; `talk` says whom to talk to, else a command does."""
    note(_("Nothing in the catalogue answers all of this."))
    for rung in ladder:
        note("  " + _rung_text(rung, words))
    note(talk or _("Somebody to talk to, now: ht urgent"))


def _rung_text(rung: Rung, words: Words) -> str:
    if rung.place:
        return _("in {place}: {count}").format(place=words.town(rung.place), count=rung.resources)
    left_out = {
        "needs": _("without the need: {count}"), "audiences": _("without saying for whom: {count}"), "offers": _("without the offer: {count}"),
        "kinds": _("without the kind: {count}"), "languages": _("without the language: {count}"), "channels": _("without the channel: {count}"),
        "costs": _("free or not, or cost unknown: {count}"), "referral": _("with or without referral, or unknown: {count}"),
        "core": _("with the place and the need alone: {count}"), "age": _("without the age: {count}"), "places": _("anywhere in Belgium: {count}"), "near": _("however far, serving the place: {count}"), "open_at": _("whether they answer at that time or not: {count}"),
        "online": _("by phone or internet, from anywhere: {count}"),
    }  # fmt: skip
    return left_out[rung.facet].format(count=rung.resources)


def say_where_to_begin(*, now: bool = False) -> None:
    """Offer the guide on stderr to somebody who asked for nothing yet; to who asks who answers `now` first those who listen."""
    if now:
        note(_("Somebody to talk to, now: ht urgent"))
    note(_("Not sure where to begin? That is fine: ht guide shows the way, step by step."))
    note(_("Or say it in your own words, with a town: ht find worn out brussels"))


def say_first_steps() -> None:
    """Say on stdout, in six lines, what to type first and the commands that matter."""
    steps = (
        ("ht find burnout namur", _("who can help: say it in your own words, in four languages")),
        ("ht show ID", _("everything that is known of one of them")),
        ("ht sheet ID", _("a page to take along")),
        ("ht urgent", _("somebody to talk to, now")),
        ("ht guide", _("where to begin, if one does not know yet")),
        ("ht --help", _("all the rest, among it ht browse: find while you type")),
    )
    room = width() - FIRST_STEP
    for command, said in steps:
        if not sys.stdout.isatty():
            lines = [f"{command:<{FIRST_STEP}}{said}"]
        elif room >= FIRST_STEP:
            lines = wrapped(said, width(), first=f"{command:<{FIRST_STEP}}", then=" " * FIRST_STEP)
        else:
            lines = [command, *wrapped(said, width(), first="  ", then="  ")]
        write(f"{line}\n" for line in lines)
