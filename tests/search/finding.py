"""What a question finds, asked as somebody who reads a language does."""

from collections.abc import Sequence

from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.locale import activate
from ht_cli.model import LANGUAGES, Resource
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.wishes import Wishes

EVERYTHING, FIRST = 900, 5


def found(question: str, lexicon: Lexicon, language: str, count: int = EVERYTHING, wishes: Wishes | None = None) -> list[Resource]:
    """Give the first results for a question, as somebody who reads a language finds them."""
    activate(["--locale", language], {})
    asked = wishes or Wishes()
    reader = tuple(dict.fromkeys((language, *LANGUAGES)))
    return [hit.resource for hit in answer(ask(question, asked, lexicon), asked, lexicon, reader, count).hits]


def first_ids(question: str, lexicon: Lexicon, language: str, count: int = FIRST, wishes: Wishes | None = None) -> list[str]:
    """Give the ids of the first results for a question."""
    return ids(found(question, lexicon, language, count, wishes))


def ids(resources: Sequence[Resource]) -> list[str]:
    return [resource.id for resource in resources]
