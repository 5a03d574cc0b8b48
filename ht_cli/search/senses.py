"""Which sense of a word is meant: that of the language spoken, the noun or the verb, a count or an age group, a word or a name."""

from collections.abc import Collection, Sequence

from ht_cli.model import TERM_KINDS
from ht_cli.search.lookups import ORDINARY_IN, TELLING_IN, VERB, Form
from ht_cli.search.question import SMALL_WORDS, Reading

SUBJECTS = frozenset((  # before a verb
    "j", "je", "tu", "il", "elle", "on", "qui", "nous", "vous", "ils", "elles", "ik", "jij", "hij", "ze", "zij", "wij", "we", "jullie",
    "ich", "er", "sie", "es", "wer", "man", "wir", "i", "he", "she", "they", "you",
))  # fmt: skip
# Before a Dutch infinitive.
LEADS_ON = frozenset(("te", "moet", "moeten", "kan", "kunnen", "wil", "willen", "mag", "mogen", "zou", "zouden", "gaat", "gaan"))
# Before a name. German "Frau" is not among them: "Frau, Depression" is how notes are written, and each noun has a capital.
TITLES = frozenset(("madame", "mme", "monsieur", "mr", "mrs", "ms", "miss", "mevrouw", "mevr", "mw", "meneer", "dhr", "herr", "hr"))
FORMER = "ex"  # a partner of before, or what somebody was
OF_MINE = frozenset(("mon", "mijn", "mn", "mein", "my"))  # before a partner of before
# What somebody is no longer, and what it did to them is asked about: "ex militaire ptsd".
SERVED_AS = frozenset((
    "policier", "policiere", "flic", "militaire", "soldat", "soldate", "gendarme", "pompier", "pompiere", "ambulancier", "ambulanciere", "para",
    "commando", "legionnaire", "politieagent", "politieman", "politievrouw", "agent", "agente", "militair", "soldaat", "brandweerman", "brandweervrouw",
    "ambulancier", "polizist", "polizistin", "soldatin", "feuerwehrmann", "feuerwehrfrau", "sanitater", "police", "policeman", "policewoman", "cop",
    "soldier", "military", "army", "marine", "firefighter", "fireman", "paramedic",
))  # fmt: skip
NIGHTMARES = frozenset((
    "cauchemar", "cauchemars", "nachtmerrie", "nachtmerries", "albtraum", "albtraume", "albtraumen", "alptraum", "alptraume", "alptraumen", "nightmare",
    "nightmares",
))  # fmt: skip
MOST_SPOKEN = 3  # languages that a question may be in, so that the likeliest of them says what a word is: not all four


def names_of_people(reading: Reading) -> set[int]:
    """Give the positions of titles, and of the names with a capital behind them: "mevrouw Peeters" is nothing to be understood."""
    titles = {position for position, token in enumerate(reading.tokens) if token in TITLES}
    return titles | {position + 1 for position in titles if position + 1 in reading.capitals}


def are_nightmares(tokens: Collection[str]) -> bool:
    """Say whether nightmares are spoken of: of an exile they are no trouble of sleep."""
    return not NIGHTMARES.isdisjoint(tokens)


def _formers(reading: Reading, close: Collection[str]) -> set[int]:
    """Give the positions of an "ex" that tells what somebody was, and of no partner: "ex-policier", "ex militaire", but not "ex-mari"."""
    found = set()
    for position, token in enumerate(reading.tokens[:-1]):
        behind = reading.tokens[position + 1]
        joined = reading.words[position + 1] == reading.words[position] and behind not in close
        of_mine = position > 0 and reading.tokens[position - 1] in OF_MINE  # "mon ex policier" is one who was loved
        if token == FORMER and (joined or behind in SERVED_AS) and not of_mine:
            found.add(position)
    return found


class Senses:
    """The forms that the words of one question may be, and which of them are not meant; `spoken` are the languages it may be in.

    Where one language is likeliest, a word that means a term in others alone is what it is in this one: German "nicht" is no Dutch
    niece, English "son" no French possessive.
    """

    def __init__(self, reading: Reading, forms: Sequence[Form], spoken: Sequence[str]) -> None:
        self._reading = reading
        self._german = tuple(spoken) == ("de",)
        self._persons = {form.key for form in forms if form.kind == "person"}
        close = self._persons | {form.key for form in forms if form.kind == "relations" or form.ref in ("men", "women")}
        self._former = _formers(reading, close)
        self.what_they_were = {position + 1 for position in self._former}
        self._verbs = {form.key for form in forms if form.kind == VERB}
        likeliest = spoken[0] if 0 < len(spoken) <= MOST_SPOKEN else ""
        self._telling = {form.key for form in forms if form.kind == TELLING_IN and form.ref == likeliest}
        self.ordinary = {form.key for form in forms if form.kind == ORDINARY_IN and form.ref == likeliest}

    def excluded(self, form: Form, start: int) -> bool:
        """Say whether a form is not what the words from `start` on mean. Words of danger are never excluded."""
        if form.kind in SMALL_WORDS:
            return form.key in self._telling
        if form.kind not in TERM_KINDS or form.kind == "dangers":
            return False
        if form.key == FORMER and start in self._former:
            return True
        return form.key in self.ordinary or self._is_a_count(form, start) or self._is_a_name(start) or self._is_a_verb(form, start)

    def _is_a_count(self, form: Form, start: int) -> bool:
        """ "60 euro" speaks of nobody's age, "60+" does."""
        return form.kind == "audiences" and form.key.isdigit() and "+" not in self._reading.typed[start]

    def _is_a_name(self, start: int) -> bool:
        return start > 0 and self._reading.tokens[start - 1] in TITLES and start in self._reading.capitals

    def _is_a_verb(self, form: Form, start: int) -> bool:
        """Behind a subject or a verb that leads on ("meine Mutter sucht", "ik moet koken"), and in German without the capital that other nouns of the question have."""
        if form.key not in self._verbs or start == 0 or self._reading.clause_ends_before(start):
            return False
        before = next((token for token in reversed(self._reading.tokens[:start]) if not token.isdigit()), "")  # "Frau 28 sucht"
        small_letter = self._german and bool(self._reading.capitals) and start not in self._reading.capitals
        return before in SUBJECTS or before in LEADS_ON or before in self._persons or small_letter
