"""Joins what is heard between the words to what they say: needs, danger, who speaks, the language."""

from collections.abc import Collection, Mapping, Sequence

from ht_cli.hearing.clauses import TOWN, Text, listened_to
from ht_cli.hearing.ears import Heard
from ht_cli.locale import languages
from ht_cli.model import ADULT_AGE, LANGUAGES, MINORS, NEEDS_OF_DANGER, Query
from ht_cli.search.case import CONSULTATION, TOGETHER
from ht_cli.search.danger import danger_of, for_their_age, if_wants_to_die, to_be_safe
from ht_cli.search.filtering import OF_A_COUPLE
from ht_cli.search.lookups import Lookups
from ht_cli.search.names import HOUSE, MOST
from ht_cli.search.question import FEW_WORDS, Reading, part_read
from ht_cli.search.text import fold
from ht_cli.search.weighing import HEARD, SAID_ALONE, guesses, weigh_needs

SPOKEN, SPOKEN_WHERE_UNSURE = 0.2, 0.05  # probability from which a question may be in a language: two misspelt words tell little
SURELY_SPOKEN = 0.8  # from which it is, and the answer is given in it
STRANGE_WORDS, TELLING_LETTERS = 2, 4  # from which small words alone tell no other language than the reader's; of a word that tells one
MORE_SURELY_SPOKEN = 0.9  # where all the words are also of the language of the reader
TREATING = frozenset(
    (CONSULTATION, "hospital", "day-centre")
)  # offers: who asks for no more says whom to see, and nothing of what is the matter
SURELY_THE_VOICE = 0.7  # from which somebody else, or a client, is spoken about
HEARD_IN_NO_WORD = 0.8  # probability from which a need is heard in what holds no known word
STRANGELY_HEARD = 0.5  # from which a need is heard in a question of which most words are unknown, or the few there are were read otherwise
NOTE = 16  # words up to which a note about a client is recognised without an age
INTRODUCING = frozenset((
    "je", "j", "suis", "ai", "c", "est", "une", "un", "de", "pour", "et", "bonjour", "ik", "ben", "het", "is", "een", "van", "voor", "en", "dag", "ich", "bin",
    "es", "ist", "geht", "um", "ein", "eine", "einen", "einer", "von", "mit", "und", "hallo", "guten", "tag", "i", "am", "m", "a", "of", "it", "s", "for", "and", "hello",
))  # fmt: skip
GROWN_UP_RELATIONS = frozenset(("partner", "sibling", "friend"))  # of somebody who speaks of them


def heard_text(text: str, lookups: Lookups, towns: Collection[str] = ()) -> Text:
    """Give a question as it is listened to, the words of a text of hostile length cut off.

    `towns` are folded words that are misspelt names of places: a slip in one must not change what is heard in the other words.
    """

    def kinds(stretches: Collection[str]) -> Mapping[str, Collection[str]]:
        return {**lookups.changing_nothing(stretches), **dict.fromkeys(towns, (TOWN,))}

    return listened_to(part_read(text), fold, kinds)


def languages_of(heard: Heard) -> tuple[str, ...]:
    """Give the languages that a question may be in, the likeliest first; all where nothing was heard."""
    likeliest = max((share for _code, share in heard.languages), default=0.0)
    least = SPOKEN if likeliest >= SURELY_SPOKEN else SPOKEN_WHERE_UNSURE
    return tuple(code for code, share in heard.languages if share >= least) or LANGUAGES


def language_spoken(heard: Heard, reading: Reading) -> tuple[str, ...]:
    """Give the language in which something was surely said, else the reader's."""
    return _surely_spoken(heard, reading) or languages()


def _surely_spoken(heard: Heard, reading: Reading) -> tuple[str, ...]:
    """Give the likeliest language where it is heard surely, or is the only one that all the known words are of ("tabac").

    Words that are all of the reader's language as well ("angst gent") have to be heard more surely as another.
    """
    if languages()[0] not in {code for code, _share in heard.languages[:1]} and _told_by_small_words_alone(reading):
        return ()
    least = MORE_SURELY_SPOKEN if languages()[0] in reading.languages else SURELY_SPOKEN
    return tuple(code for code, share in heard.languages[:1] if share >= least or reading.languages == {code})


def _told_by_small_words_alone(reading: Reading) -> bool:
    """Say whether nothing but short small words is known of a question with strange ones: "mi fré i beût come on trô" is no English."""
    strange = len(reading.tokens) - len(reading.known | reading.ordinary)
    telling = [reading.tokens[place] for place in reading.known | reading.ordinary if place not in reading.small]
    return bool(reading.small) and strange >= STRANGE_WORDS and all(len(word) < TELLING_LETTERS for word in telling)


def with_hearing(query: Query, heard: Heard, reading: Reading, unread: int, towns_mended: Collection[str] = ()) -> Query:
    """Add what was heard between the words to what they say.

    `unread` is how many of them say nothing by themselves, `towns_mended` are misspelt names of places.
    """
    if not heard.needs:
        return query._replace(cut=reading.cut)
    called = max(query.names.values(), default=0)
    named = called >= HOUSE  # who names a service does not also mean what its name sounds like
    strange = 2 * len(query.unknown) > len(reading.tokens)
    words = len(reading.tokens)
    figures = sum(word[:1].isdigit() for word in query.unknown)  # one that is left ("24h/24") is no word that may mean something
    all_read = unread <= figures
    short = words <= FEW_WORDS
    few = short if all_read else words <= SAID_ALONE
    least = STRANGELY_HEARD if strange or (words <= SAID_ALONE and all_read) else HEARD
    if len(query.unknown) == words:  # no word of any language: what it sounds like is hardly ever meant
        least = HEARD_IN_NO_WORD
    says_nothing = words == 1 and not query.unknown  # one small word, "aide": what it sounds like is no guess worth asking about
    keywords = few and all_read
    only_who = (keywords or _introduces_alone(reading)) and _says_who_alone(query)
    whom_to_see = (
        keywords and not TREATING.isdisjoint(query.offers) and not (query.needs or query.danger.kinds)
    )  # "psychologue enfant wavre"
    says_what = bool(query.languages or query.not_used or query.kinds) or whom_to_see
    only_what = keywords and says_what and not query.needs  # "psychologist who speaks Arabic", "24h/24 ligne d'écoute"
    sure = ("justice",) if query.sentenced else ()  # a prison or a sentence is nothing else
    needs, only_heard = (query.needs, ()) if named or only_who or only_what else weigh_needs(query.needs, heard, few, all_read, least, sure)
    query = _without_age_of_a_child(query, needs)
    voice, share = heard.voices[0]
    if not short:
        query = _without_children_spoken_of(query, voice if share >= SURELY_THE_VOICE else "")
    says_nothing_else = not (query.needs or query.danger.kinds or query.unknown)
    only_when = short and bool(query.open_at) and says_nothing_else  # "who is open tonight"
    of_a_client = _about_a_client(query, words, heard)
    named_danger = set(NEEDS_OF_DANGER).intersection(query.needs)  # "suicide" alone is answered with a line
    names_what = keywords and bool(query.needs or query.offers) and not named_danger
    one_word = words == 1 and not query.danger.kinds and not named_danger  # "bizarre" alone is no alarm
    danger = danger_of(
        heard._replace(danger=0.0, dangers=()) if whom_to_see else heard,
        query.danger.kinds,
        few=reading.listened_to <= FEW_WORDS,
        of_a_client=of_a_client,
        no_alarm=only_who or only_when or one_word,
        names_what=names_what,
    )
    ordinary = [reading.tokens[place] for place in reading.ordinary | reading.known]
    danger = to_be_safe(for_their_age(if_wants_to_die(danger, needs), query), query, needs, few=short, ordinary=ordinary)
    professional = voice == "self" or share < SURELY_THE_VOICE or short
    of_an_age = query.age is not None and query.age >= ADULT_AGE and voice != "self"
    worn_out = needs[:1] == ("burnout",) and TOGETHER.issuperset(query.offers)  # a teacher, a nurse: as anybody who is
    if not professional or of_an_age or worn_out or called >= MOST:
        # The profession is the writer's or the client's, or part of a name: the help is not for professionals.
        query = query._replace(audiences=tuple(audience for audience in query.audiences if audience != "professionals"))
    if danger.level == "alarm":  # nobody's words of despair are mended before their eyes; a town is
        query = query._replace(corrections=tuple(one for one in query.corrections if one[0] in towns_mended))
    return query._replace(
        needs=needs,
        heard=only_heard,
        guesses=() if needs or query.names or says_nothing or (all_read and query.offers) else guesses(heard),
        alike=few and not only_heard,
        danger=danger,
        voice=voice if share >= SURELY_THE_VOICE and not keywords else "",  # nobody speaks in keywords
        spoken=_surely_spoken(heard, reading),
        cut=reading.cut,
    )


def without_needs(query: Query, denied: Collection[str]) -> Query:
    """Leave out the needs of which the words say that there is none, though they were heard."""
    return query._replace(
        needs=tuple(need for need in query.needs if need not in denied), heard=tuple(one for one in query.heard if one[0] not in denied)
    )


def _introduces_alone(reading: Reading) -> bool:
    """Say whether nothing but words by which people introduce themselves stand beside who it is: "je suis une femme de 40 ans"."""
    return all(position in reading.said or token in INTRODUCING for position, token in enumerate(reading.tokens))


def _says_who_alone(query: Query) -> bool:
    """Say whether what was read says for whom help is asked and nothing of what is the matter ("enfant de 9 ans")."""
    return bool(query.audiences or query.age is not None) and not (query.needs or query.danger.kinds)


def _without_children_spoken_of(query: Query, voice: str) -> Query:
    """Leave the children out for whom no help is asked: those of somebody grown up who speaks of themself, a partner, a brother or a friend."""
    grown_up = voice == "self" or (GROWN_UP_RELATIONS.intersection(query.relations) and "child" not in query.relations)
    if query.age is not None or not grown_up:
        return query
    return query._replace(audiences=tuple(audience for audience in query.audiences if audience not in MINORS))


def _without_age_of_a_child(query: Query, needs: Sequence[str]) -> Query:
    """Leave a child's age out where somebody speaks of a husband or a girlfriend and of no child, or of what is between the two."""
    about_the_child = "child" in query.relations and OF_A_COUPLE.isdisjoint(needs[:1])
    if query.age is None or query.age >= ADULT_AGE or "partner" not in query.relations or about_the_child:
        return query
    return query._replace(age=None, age_said="", audiences=tuple(audience for audience in query.audiences if audience not in MINORS))


def _about_a_client(query: Query, words: int, heard: Heard) -> bool:
    """Say whether the words are a note about somebody: of a town, with an age or in few words with who it is, and not of oneself."""
    if not query.places or dict(heard.voices).get("self", 0.0) >= SURELY_THE_VOICE:
        return False
    somebody = bool(query.relations or set(query.audiences) - {"professionals"})
    return query.age is not None or (somebody and words <= NOTE)
