"""Finds resources by their names: exact, in any order of the words, in part, or misspelt."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from ht_cli.model import LANGUAGES, Gone, Phone
from ht_cli.search.lookups import NAME_ONLY, Known, Lookups
from ht_cli.search.question import tokenize
from ht_cli.search.spelling import near_words
from ht_cli.search.text import HOUSES, NEEDLESS_IN_NAMES, fold, key

WHOLE, MOST, HOUSE, PART = 4, 3, 2, 1  # how surely a question names a resource
ENOUGH_OF_NAME, ALL_OF_NAME = 0.6, 0.99
ENOUGH_OF_QUESTION = 0.75
HELPLINE = "helpline"
WORDS_OF_A_NAME = 8
WORDS_BESIDE = 3  # a name, among which "number of" or "call" asks for it
TELLING_WORDS = 2  # of a whole name inside a question, so that it is surely meant
LONG_QUESTION = 60  # tokens from which only words that stand in names are looked for as names
NEAR_NAME = 84  # of 100: about one letter in six
SHORTEST_PART_OF_NAME = 3
SHORTEST_IN_CAPITALS = 3  # letters of one that is typed in capitals among other words: VUB
SHORTEST_NAME = 4  # letters of a name inside a question; of one in several words one more: "ex il" is not Exil
MOST_NEAR = 12
ASKS_FOR_ONE = frozenset((  # beside a name: "nummer awel", "adresse de la Gerbe"
    "numero", "num", "telephone", "tel", "adresse", "coordonnees", "contact", "site", "appeler", "joindre", "nummer", "telefoonnummer", "telefoon",
    "adres", "bellen", "bereiken", "telefonnummer", "telefon", "rufnummer", "anrufen", "number", "phone", "address", "call", "website",
))  # fmt: skip

CALLS_IT_A_HOUSE = frozenset((  # before a name that does not say so itself: "groupe Bastide", "vzw De Linde"
    "groupe", "groep", "group", "gruppe", "asbl", "vzw", "vog", "service", "dienst", "centre", "centrum", "center", "zentrum", "maison", "huis",
    "haus", "house", "association", "vereniging", "verein", "organisation", "organisatie", "club",
))  # fmt: skip


def names_in(text: str, content: Sequence[str], lookups: Lookups, towns: AbstractSet[str] = frozenset()) -> dict[int, int]:
    """Give the resources that a question names, and how surely: WHOLE when it holds little else.

    HOUSE says that it names a kind of service by the word which the names of that kind share, of whatever town.
    `content` are the tokens that carry meaning, without stop words; `towns` those that were read as a place, which alone
    name no resource: "angst Brussel" does not ask for what is called Brussel.
    """
    tokens = tokenize(text).tokens
    if not tokens:
        return {}
    telling = [token for token in content if token not in NEEDLESS_IN_NAMES]
    known = lookups.known_words(content)
    found: dict[int, int] = {}
    for keys in (
        [key(text)],
        [" ".join(sorted(tokens)), "".join(content), "".join(telling)],
        _beside_a_town(tokens, telling, known, lookups, towns),
    ):
        for resource, spelling, shape in lookups.named(keys) if not found else ():
            if shape == "part" and spelling in HOUSES:  # which of them, the town says
                continue
            found[resource] = max(found.get(resource, 0), MOST if shape == "part" else WHOLE)
    if not found:
        _by_windows(text, tokens, content, known, lookups, towns, found)
        _by_words(telling if len(tokens) <= LONG_QUESTION else (), known, lookups, towns, found)
    return found


def by_numbers(called: Iterable[str], lookups: Lookups) -> dict[int, int]:
    """Give the resources that have one of some phone numbers: WHOLE whose own it is, and MOST who only share that of another.

    Its own is the first that a resource gives, with no label that says whose it is; where several say so, it is that of the line.
    """
    found: dict[int, int] = {}
    for number in called:
        held = lookups.resources(lookups.with_numbers([number]))
        own = [one for one, resource in held.items() if resource.dialled[:1] and _is_its_own(number, resource.dialled[0])]
        lines = [one for one in own if held[one].kind == HELPLINE]
        owners = lines or own or [*held]
        found |= {one: max(found.get(one, 0), WHOLE if one in owners else MOST) for one in held}
    return found


def _is_its_own(number: str, phone: Phone) -> bool:
    return phone.number == number and not any(phone.label.values())


def by_a_word(words: Sequence[str], lookups: Lookups, *, abbreviations: AbstractSet[str] = frozenset()) -> dict[int, int]:
    """Give the resources whose names hold all of these words, of which nothing else was understood: "tilleuls" is the group Les Tilleuls.

    An abbreviation, typed in capitals, is one however short: "CKG" is in the name of CKG Lentekind.
    """
    asked = [{word, word.removesuffix("s") if word.endswith("s") else word + "s"} for word in words]
    if not asked or any((len(word) < SHORTEST_NAME and word not in abbreviations) or word.isdigit() for word in words):
        return {}
    names = lookups.name_words(sorted(set[str]().union(*asked)))
    return {resource: MOST for resource, held in names.items() if all(spellings & {word for word, _ in held} for spellings in asked)}


def gone_by_name(text: str, content: Sequence[str], lookups: Lookups, towns: AbstractSet[str]) -> list[Gone]:
    """Give the closed resources that a question asks for by their names, alone or beside a town."""
    beside = [token for token in content if token not in towns | ASKS_FOR_ONE]
    keys = {key(text), "".join(content), "".join(beside)} - {""}
    return lookups.closed(sorted(keys)) if keys else []


def _beside_a_town(
    tokens: Sequence[str], telling: Sequence[str], known: Mapping[str, Known], lookups: Lookups, towns: AbstractSet[str]
) -> list[str]:
    """Give what a question asks for by name beside a town, or beside "number of": "tabane liège", "child focus bruxelles", "nummer van awel".

    Where a single word, or the words together, mean something else as well, a town says where such help is looked for, and the
    words no name.
    """
    asked, beside = (
        [[token for token in words if token not in left_out] for words in (tokens, telling)]
        for left_out in (ASKS_FOR_ONE, ASKS_FOR_ONE | towns)
    )
    if not _of_a_name([token for token in telling if token not in towns], known):
        meaning = {form.key for form in lookups.forms(["".join(words) for words in beside])}
        beside = [words for words in beside if len(words) > 1 and "".join(words) not in meaning] + asked
    return ["".join(words) for words in beside]


def _of_a_name(words: Iterable[str], known: Mapping[str, Known]) -> bool:
    """Say whether one of the words is known from names alone, or not at all."""
    return any(word not in known or known[word].weight <= NAME_ONLY for word in words)


def _by_windows(
    text: str,
    tokens: list[str],
    content: Sequence[str],
    known: Mapping[str, Known],
    lookups: Lookups,
    towns: AbstractSet[str],
    found: dict[int, int],
) -> None:
    """Look for a whole name inside a longer question."""
    windows: dict[str, range] = {}
    in_capitals = {fold(word) for word in text.split() if word.isupper()} if not text.isupper() else set()
    naming = lookups.words_of_names(tokens) | NEEDLESS_IN_NAMES if len(tokens) > LONG_QUESTION else frozenset(tokens)
    for start in range(len(tokens)):
        for end in range(start + 1, min(start + WORDS_OF_A_NAME, len(tokens)) + 1):
            if tokens[end - 1] not in naming:
                break
            joined = "".join(tokens[start:end])
            abbreviated = joined in in_capitals and len(joined) >= SHORTEST_IN_CAPITALS and _of_a_name([joined], known)
            if (abbreviated or len(joined) >= SHORTEST_NAME + (end - start > 1)) and not towns >= set(tokens[start:end]):
                windows[joined] = range(start, end)
    for resource, spelling, shape in lookups.named(list(windows)) if windows else ():
        start, end = windows[spelling].start, windows[spelling].stop
        named = set(tokens[start:end])
        telling = named & set(content) - towns
        share = len(named & set(content)) / max(len(set(content)), 1)
        asks_for_one = not ASKS_FOR_ONE.isdisjoint(tokens[max(start - WORDS_BESIDE, 0) : end + WORDS_BESIDE])
        if shape != "bag" and telling and not (shape == "part" and spelling in HOUSES):
            whole = shape == "whole" and len(telling) >= TELLING_WORDS
            sure = whole or share >= ENOUGH_OF_QUESTION or (asks_for_one and _of_a_name(telling, known))
            found[resource] = max(found.get(resource, 0), MOST if sure else PART)


def _by_words(telling: Sequence[str], known: Mapping[str, Known], lookups: Lookups, towns: AbstractSet[str], found: dict[int, int]) -> None:
    """Look for names of which the question holds most words, each possibly misspelt."""
    spellings: dict[str, dict[str, int]] = {}
    known, ordinary = {token: known[token] for token in telling if token in known}, lookups.ordinary_words(telling)
    for token in dict.fromkeys(telling):
        strange = not token.isdigit() and token not in known
        spoken = _spoken_beside(token, known)
        if token in ordinary and (not spoken or spoken & ordinary[token]):
            strange = False
        near = near_words(token, spoken or LANGUAGES, spoken or LANGUAGES, lookups, names=True) if strange else []
        number = token.removesuffix("s") if token.endswith("s") else token + "s"  # "couples et famille"
        spellings[token] = {token: 0, number: 0} | {c.word: c.edits for c in near}
    typed = {word: token for token, words in spellings.items() for word in words}
    for resource, words in lookups.name_words(list(typed)).items():
        held = {typed[word] for word, _ in words}
        if towns >= held:
            continue
        share = sum(s for _, s in words)
        covered, but_for_towns = (
            len(held) / max(len(spellings.keys() - (left_out - held)), 1) for left_out in (CALLS_IT_A_HOUSE, CALLS_IT_A_HOUSE | towns)
        )
        if share >= ALL_OF_NAME and covered == 1 and len(spellings) > 1:
            found[resource] = WHOLE
        elif share >= ENOUGH_OF_NAME and but_for_towns >= ENOUGH_OF_QUESTION and _of_a_name((typed[word] for word, _ in words), known):
            found[resource] = max(found.get(resource, 0), MOST)
        elif HOUSES & held:
            found[resource] = max(found.get(resource, 0), HOUSE)
        elif (covered == 1 and len(spellings) > 1) or (share >= ALL_OF_NAME and covered >= 0.5 and _tell(words, typed, known)):
            found[resource] = max(found.get(resource, 0), PART)


def _tell(words: Sequence[tuple[str, float]], typed: Mapping[str, str], known: Mapping[str, Known]) -> bool:
    """Say whether words that are a whole name tell it from what is meant by them: long ones, and a single one that means nothing else."""
    return any(len(word) > 4 for word, _ in words) and (len(words) > 1 or _of_a_name([typed[words[0][0]]], known))


def _spoken_beside(token: str, known: Mapping[str, Known]) -> frozenset[str]:
    """Give the languages of the known words beside a word: "fokus" after "child" is no German word; none where they have none."""
    return frozenset(language for word, one in known.items() if word != token for language in one.languages)


def near_names(text: str, names: Iterable[tuple[str, str]]) -> list[str]:
    """Give the ids of the (id, name) pairs that a text may be meant for, nearest first: misspelt, or a part of one.

    Costs a comparison with every name, so it is asked only when the look-ups found nothing.
    """
    from rapidfuzz import fuzz

    wanted = " ".join(tokenize(text).tokens)
    best: dict[str, float] = {}
    for identifier, name in names:
        for known in (identifier.replace("-", " "), fold(name)):
            score = max(fuzz.ratio(wanted, known), fuzz.token_sort_ratio(wanted, known) - 1)
            begins_a_part = f" {wanted}" in f" {known}" or known.replace(" ", "").startswith(wanted.replace(" ", ""))
            if score < NEAR_NAME and len(wanted) >= SHORTEST_PART_OF_NAME and begins_a_part:
                score = NEAR_NAME
            if score >= NEAR_NAME:
                best[identifier] = max(best.get(identifier, 0), score)
    return sorted(best, key=lambda identifier: (-best[identifier], identifier))[:MOST_NEAR]
