"""Which resource a text names: its id, a misspelt or a cut one, its name; words that name none are searched."""

from __future__ import annotations

from ht_cli.catalogue.facts.reading import read_ids_beginning, read_names, read_resources, resolve_id
from ht_cli.errors import AmbiguousError, NotFoundError
from ht_cli.locale import languages
from ht_cli.locale import translate as _
from ht_cli.output.terminal import note
from ht_cli.search.names import WHOLE, names_in, near_names
from ht_cli.search.numbers import phone_numbers
from ht_cli.search.question import tokenize
from ht_cli.search.text import key

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from sqlite3 import Connection

    from ht_cli.catalogue.index.lexicon import Lexicon
    from ht_cli.model import Resource

SEARCHED = frozenset(("needs", "offers", "audiences", "kinds", "channels", "relations", "dangers"))  # kinds of terms that are searched for
OFFERED = 5  # resources, where words were typed for an id


def named_resources(texts: Sequence[str], lexicon: Lexicon, connection: Connection, *, command: str, guess: bool = True) -> list[Resource]:
    """Give the resources that texts name, each of them one, or all of them together one; words that name none are searched.

    Raises AmbiguousError with what the search found, for somebody to choose from, and NotFoundError where that is nothing.
    """
    try:
        return [_resource(text, lexicon, connection, guess=guess and len(texts) == 1) for text in texts]
    except (NotFoundError, AmbiguousError) as error:
        words = " ".join(texts)
        if " " not in words.strip() and (isinstance(error, AmbiguousError) or not _is_question(words, lexicon)):
            raise
        whole, sure = _named(words, lexicon, connection)
        if len(whole) == 1 and (sure or guess):
            return [_resource(words, lexicon, connection)]
        found = _offered(words, lexicon, connection)
        if not found:
            raise
        which = _("“{text}” is no id; which of these is meant? {command} ID").format(text=words, command=command)
        raise AmbiguousError(which, _with_names(found, connection)) from error


def one_resource(text: str, lexicon: Lexicon, connection: Connection, *, follow: bool = True, guess: bool = True) -> Resource:
    """Give the one resource that a text names, following a closed one to its successor unless told not to.

    Without `guess` only its id or its whole name will do: what writes, or answers a program, never takes one
    resource for another. Raises NotFoundError when there is none, AmbiguousError with the candidates and their names
    when there are several, or one that is only near, or the text is a word that people search for.
    """
    try:
        return _resource(text, lexicon, connection, follow=follow, guess=guess)
    except NotFoundError as error:
        found = _offered(text, lexicon, connection) if _is_question(text, lexicon) else []
        if not found:
            raise
        raise AmbiguousError(_("“{text}” may be any of these; which one?").format(text=text), _with_names(found, connection)) from error


def _resource(text: str, lexicon: Lexicon, connection: Connection, *, follow: bool = True, guess: bool = True) -> Resource:
    """Give the one resource that a text names, as `one_resource` does, without searching for anything."""
    identifier = resolve_id(connection, text)
    if identifier is None:
        candidates, sure = _named(text, lexicon, connection)
        if not candidates:
            raise NotFoundError(_("no resource is called “{text}”; search with: ht find {text}").format(text=text))
        if len(candidates) > 1:
            raise AmbiguousError(_("“{text}” may be any of these; which one?").format(text=text), _with_names(candidates, connection))
        if not (sure or guess):
            which = _("“{text}” is not a whole id; if this one is meant, give it whole:").format(text=text)
            raise AmbiguousError(which, _with_names(candidates, connection))
        identifier = candidates[0]
        note(_("{typed} → {meant}").format(typed=text, meant=identifier))
    (resource,) = read_resources(connection, [identifier])
    passed = {resource.id}
    while follow and resource.status == "closed" and resource.successor and resource.successor not in passed:
        note(_("{name} is closed; what follows it is shown.").format(name=resource.name))
        (resource,) = read_resources(connection, [resource.successor])
        passed.add(resource.id)  # two who close at the same time may each name the other
    return resource


def _offered(words: str, lexicon: Lexicon, connection: Connection) -> list[str]:
    """Give the ids to choose from for words that people search for: those that begin with them, then the best answers.

    Where many ids begin so, the words are a sort of help ("planning"), and the search knows better which of them to name.
    """
    begun = _ids_begun_with(words, connection)
    searched = _searched(words, lexicon)
    return list(dict.fromkeys([*(begun if len(begun) <= OFFERED else ()), *searched]))


def _searched(words: str, lexicon: Lexicon) -> list[str]:
    """Give the ids of the best answers to words, and say first whom to call where they speak of danger."""
    from ht_cli.commands._danger import warn  # as much as a search, wanted only where words were typed for an id
    from ht_cli.search.answering import answer
    from ht_cli.search.asking import ask
    from ht_cli.search.wishes import Wishes

    query = ask(words, Wishes(), lexicon)
    warn(query, lexicon)
    return [hit.resource.id for hit in answer(query, Wishes(), lexicon, languages(), OFFERED).hits] if query.facets or query.names else []


def _with_names(ids: Sequence[str], connection: Connection) -> list[str]:
    """Give each id with the name of its resource beside it, for somebody to choose from."""
    longest = max(map(len, ids))
    return [f"{resource.id.ljust(longest)}  {resource.name}" for resource in read_resources(connection, ids)]


def _is_question(text: str, lexicon: Lexicon) -> bool:
    """Say whether a text is what people search for and not a name: a term of the vocabulary ("burnout"), or such terms with towns."""
    tokens = tokenize(text).tokens
    forms = lexicon.forms(tokens)
    said = bool(tokens) and {form.key for form in forms} >= set(tokens) and any(form.kind in SEARCHED for form in forms)
    return said or _is_term(text, lexicon)


def _is_term(text: str, lexicon: Lexicon) -> bool:
    return any(form.kind in SEARCHED for form in lexicon.forms([key(text)]))


def _named(text: str, lexicon: Lexicon, connection: Connection) -> tuple[list[str], bool]:
    """Give the ids that a text may mean, and whether it is their whole name as it is written; none for words that people search for."""
    typed = _as_id(text)
    beginning = read_ids_beginning(connection, typed)  # an id that a narrow window or a hand has cut
    if beginning and ("…" in text or typed.endswith("-")):
        return beginning, False
    whole = [number for number, _key, shape in lexicon.named([key(text)]) if shape == "whole"]
    if whole:
        return _ids(whole, lexicon), True
    if beginning and "-" in text and not _is_term(text, lexicon):
        return beginning, False
    if _is_question(text, lexicon):
        return [], False
    called = [resource for number in phone_numbers(text) if number.whole for resource in lexicon.with_numbers([number.dialled])]
    if called:
        return _ids(called, lexicon), False
    numbers = names_in(text.replace("-", " "), tokenize(text).tokens, lexicon)
    surely = [number for number, how in numbers.items() if how == WHOLE]
    if surely:
        return _ids(surely, lexicon), False
    near = _ids(list(numbers), lexicon) or near_names(text, read_names(connection))
    return list(dict.fromkeys([*_ids_begun_with(text, connection), *near, *beginning])), False


def _ids_begun_with(text: str, connection: Connection) -> list[str]:
    """Give the ids whose first word or words a text is, whole."""
    return read_ids_beginning(connection, f"{_as_id(text)}-")


def _as_id(text: str) -> str:
    """Give a text as ids are written, without the mark of a window that cut it."""
    return text.strip().rstrip("…").lower()


def _ids(numbers: Sequence[int], lexicon: Lexicon) -> list[str]:
    return [resource.id for resource in lexicon.resources(numbers).values()]
