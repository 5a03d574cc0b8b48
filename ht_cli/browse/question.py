"""What is asked of the picker at one moment: the line as typed and the filters beside it."""

import re

from ht_cli.model import LANGUAGES, Moment, Query
from ht_cli.search.asking import ask
from ht_cli.search.danger import worse
from ht_cli.search.lookups import Lookups
from ht_cli.search.ranking import SPARE
from ht_cli.search.wishes import Wishes
from ht_cli.shapes import NamedTuple

MOST = SPARE - 1  # results at first: a longer list reads all that answers, which takes long in a large catalogue
MORE = 200  # results for whoever goes on at the end of them
BEGUN = 4  # letters from which a word that is not finished tells enough to be read
_LAST_WORD = re.compile(r"\S+$")


class Filters(NamedTuple):
    """What results must be, as one sees it; `language` is a code or empty, `age` is in years."""

    open_now: bool = False
    online: bool = False
    free: bool = False
    language: str = ""
    age: int | None = None

    def switched(self, name: str) -> "Filters":
        """Set one of `open_now`, `online` and `free`, or take it off."""
        fields = self._asdict()
        return Filters(**fields | {name: not fields[name]})

    def with_next_language(self) -> "Filters":
        """Go on to the next language, after the last to none."""
        order = ("", *LANGUAGES)
        return self._replace(language=order[(order.index(self.language) + 1) % len(order)])

    def wishes(self, now: Moment | None) -> Wishes:
        """Give the options of a search that say the same; `now` is wanted where somebody must answer now."""
        return Wishes(
            languages=(self.language,) if self.language else (), channels=("online",) if self.online else (),
            age=self.age, free=self.free, open_at=now if self.open_now else None,
        )  # fmt: skip


class Question(NamedTuple):
    """The line as it stands, the filters, and how many results are wanted at most."""

    text: str = ""
    filters: Filters = Filters()
    most: int = MOST


def read_line(text: str, wishes: Wishes, lookups: Lookups) -> Query:
    """Read a line that is being typed.

    A last word of a few letters that means nothing is a word begun, and is not read yet. What the finished words say
    of danger stays while the next one is typed.
    """
    query = ask(text, wishes, lookups)
    begun = _LAST_WORD.search(text)
    if begun is None:
        return query
    finished = text[: begun.start()]
    if len(begun[0]) < BEGUN and begun[0].lower() in query.unknown:
        return ask(finished, wishes, lookups)
    if query.danger.level == "alarm" or not finished.strip():
        return query
    return query._replace(danger=worse((query.danger, ask(finished, wishes, lookups).danger)))
