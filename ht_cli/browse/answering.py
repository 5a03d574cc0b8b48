"""Answers questions on a thread and a connection of its own, so that typing never waits; knows nothing of the screen.

Each question has a number. A question that came while another was answered takes the place of those before it, and an
answer carries the number of its question: whoever shows answers leaves out one that is older than what is shown.
"""

from collections.abc import Callable, Sequence
from threading import Condition, Thread

from ht_cli import clock
from ht_cli.browse.question import Question, read_line
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.errors import HtError
from ht_cli.hours import openings_now, openings_of
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.model import Hit, Moment, Place, Query
from ht_cli.output.answers import (
    danger_said,
    hours_notes,
    line_said,
    needs_notes,
    say_distance,
    say_guesses,
    say_moment,
    say_nothing_found,
    say_understood,
    who_answers_first,
    whom_to_talk_to,
)
from ht_cli.output.terminal import gathering
from ht_cli.search.answering import answer
from ht_cli.search.asking import require_understood, with_moment_said
from ht_cli.search.danger import lines_beside, urgent_lines, who_listens
from ht_cli.search.narrowing import limits_distance
from ht_cli.search.wishes import Wishes
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words

UNBROKEN = 10_000  # columns: what is said is broken into lines where it is shown


class Reply(NamedTuple):
    """The answer to one question: hits with their openings, and what is said above, beside and below them.

    `wishes` and `query` are what was really searched for: with them the same results can be exported. `problem` stands
    in place of results, and `readings` are what may be meant, to be chosen below it. `danger` is what is said of danger, and
    `to_call` are the lines to call below it, each beginning with its number and in fewer and fewer words, for windows that have less
    room; `talk` is the sentence that says who listens where nothing was asked yet, by the number: no command can be typed here.
    """

    question: Question
    number: int
    query: Query = Query()
    wishes: Wishes = Wishes()
    hits: Sequence[Hit] = ()
    more: bool = False
    danger: str = ""
    to_call: Sequence[Sequence[str]] = ()
    understood: Sequence[str] = ()
    remarks: Sequence[str] = ()
    problem: Sequence[str] = ()
    readings: Sequence[str] = ()
    talk: str = ""
    words: Words = Words()

    @property
    def place(self) -> Place | None:
        """The place asked about, the likeliest where there are several."""
        return self.query.places[0] if self.query.places else None


def reply_to(question: Question, number: int, lexicon: Lexicon, words: Words) -> Reply:
    """Answer one question, at this moment."""
    now = Moment(clock.now())
    reply = Reply(question, number, words=words)
    try:
        wishes = question.filters.wishes(now)
        query = read_line(question.text, wishes, lexicon)
        wishes = with_moment_said(query, wishes, clock.now)
        reply = reply._replace(query=query, wishes=wishes)
        if not query.text.strip() and not query.facets:
            return reply._replace(talk=_whom_to_talk_to(query, lexicon))
        danger, to_call = _danger(query, lexicon)
        reply = reply._replace(danger=danger, to_call=to_call, understood=_understood(query, words))
        if query.text.strip() and not (query.facets or query.names or query.unlisted or query.gone):
            return _asked_back(reply, _whom_to_talk_to(query, lexicon))
        require_understood(query)
        found = answer(query, wishes, lexicon, languages(), question.most)
    except HtError as error:
        return reply._replace(problem=str(error).splitlines())
    if not found.hits:
        return reply._replace(problem=_said(say_nothing_found, found.ladder, words, _whom_to_talk_to(query, lexicon)))
    hits = [hit if hit.openings else hit._replace(openings=openings_of(hit.resource, now)) for hit in found.hits]
    remarks = [
        *(_headed(say_distance, query, words) if limits_distance(query, wishes) else ()),
        *(_headed(say_moment, wishes.open_at, hits) if wishes.open_at and not wishes.open_at.now else ()),
        *(hours_notes(found, wishes.open_at) if wishes.open_at else ()),
        *needs_notes(found, query, words),
    ]
    return reply._replace(hits=hits, more=found.more, remarks=remarks)


def _asked_back(reply: Reply, talk: str) -> Reply:
    """Ask which of the likeliest readings is meant, where nothing is sure; else say that nothing was understood."""
    query, words = reply.query, reply.words
    if not query.guesses:
        return reply._replace(problem=[_("nothing understood in “{text}”").format(text=query.text), talk])
    readings = [words.term("needs", need) for need in query.guesses]
    understood = _understood(query._replace(guesses=()), words)  # what is asked stands beside its answers alone
    return reply._replace(understood=understood, problem=[talk, *_said(say_guesses, query.guesses, words)], readings=readings)


def _whom_to_talk_to(query: Query, lexicon: Lexicon) -> str:
    """Say whom to talk to; looked up only where nothing else is shown, and not at each key."""
    return whom_to_talk_to(who_listens(query, lexicon, languages()))


def _danger(query: Query, lexicon: Lexicon) -> tuple[str, list[list[str]]]:
    """Give what every command says of danger, and below it each line to call, in fewer and fewer words.

    A word that means nothing yet is no reason for a quiet one.
    """
    if query.danger.level == "quiet" and not (query.facets or query.names):
        return "", []
    lines = urgent_lines(query, lexicon, languages())
    said = danger_said(query, lines, lines_beside(query, lexicon, languages()))
    return said, [line_said(*pair) for pair in who_answers_first(lines, openings_now(lines))]


def _understood(query: Query, words: Words) -> list[str]:
    """Give what the words were understood as, filters aside; then what was heard, corrected and left aside."""
    facets = ("needs", "audiences", "offers", "kinds", "languages", "channels", "costs", "referral", "relations")
    heard = dict(query.heard)
    said = [words.town(place) for place in query.places[:1]]
    said += [words.term(kind, term) for kind in facets if kind not in query.required for term in getattr(query, kind) if term not in heard]
    if query.age_said:
        said.append(_("age {age}").format(age=query.age))
    line = " · ".join(said)
    return [*([line] if line else ()), *_said(say_understood, query, words)]


def _said(say: Callable[..., None], *arguments: object) -> list[str]:
    """Give the lines that a sentence of `output` would write."""
    with gathering(UNBROKEN) as pieces:
        say(*arguments)
    return "".join(pieces).splitlines()


def _headed(say: Callable[..., None], *arguments: object) -> list[str]:
    """Give the lines of a heading without the colon: nothing stands under it here."""
    return [line.removesuffix(":").rstrip() for line in _said(say, *arguments)]


class Answering:
    """Answers the newest question, on a thread of its own; `tell` is called there with each reply."""

    def __init__(self, tell: Callable[[Reply], None], catalogue: str | None = None) -> None:
        """Take questions about a catalogue, the chosen one where none is named; `start` begins."""
        self._tell = tell
        self._catalogue = catalogue
        self._changed = Condition()
        self._waiting: tuple[Question, int] | None = None
        self._at_hand = Question(), 0
        self._asked = 0
        self._stale = False
        self._closed = False
        self._thread = Thread(target=self._work, name="answering", daemon=True)

    def start(self) -> None:
        """Begin to answer."""
        self._thread.start()

    def ask(self, question: Question) -> int:
        """Put a question in place of any that waits, and give its number."""
        with self._changed:
            self._asked += 1
            self._waiting = question, self._asked
            self._changed.notify()
            return self._asked

    @property
    def works(self) -> bool:
        """Whether questions are still answered."""
        return self._thread.is_alive()

    def reopen(self) -> None:
        """Read the catalogue anew from the next question on: something was written."""
        self._stale = True

    def close(self) -> None:
        """Stop, once the answer at hand is given."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _work(self) -> None:
        try:
            while self._wanted():
                self._answer()
        finally:
            if not self._closed:  # a fault of ours: the reader must not be left with a list that answers no more
                self._tell(Reply(*self._taken(), problem=[_("The search has stopped; leave with Esc, and use: ht find")]))

    def _answer(self) -> None:
        """Answer question after question, until the catalogue has to be opened anew; say why where it cannot be read."""
        try:
            with open_catalogue(self._catalogue) as connection:
                self._stale = False
                lexicon, words = Lexicon(connection), read_words(connection, languages()[0])
                while self._wanted() and not self._stale:
                    self._tell(reply_to(*self._taken(), lexicon, words))
        except HtError as error:
            self._tell(Reply(*self._taken(), problem=str(error).splitlines()))

    def _wanted(self) -> bool:
        """Wait for a question; say whether there is one, else it is the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._closed)
            return not self._closed

    def _taken(self) -> tuple[Question, int]:
        """Take the question that waits, else the one at hand."""
        with self._changed:
            self._at_hand, self._waiting = self._waiting or self._at_hand, None
            return self._at_hand
