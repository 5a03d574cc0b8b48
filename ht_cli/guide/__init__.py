"""The guide's pages: short texts in four languages for somebody who does not know where to begin.

Owns which topics there are, in which order, and what a reader may call them; each page is a Markdown
file `<language>/<topic>.md` whose first line is its title and whose second holds the words that find it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from ht_cli.errors import AmbiguousError, NotFoundError
from ht_cli.locale import AVAILABLE, languages
from ht_cli.locale import translate as _
from ht_cli.search.guide_pages import pages_of_words
from ht_cli.search.text import fold, key
from ht_cli.shapes import NamedTuple

TOPICS = (
    "where-to-begin", "kinds-of-groups", "why-groups", "networks-adults", "networks-youth", "reimbursed-psychologist", "platforms", "debt",
    "ill-parent", "hurting-others", "forced-admission", "after-an-attempt", "not-alone", "emergency",
)  # fmt: skip
DIRECTORY = Path(__file__).parent
# Likeness, of 100, from which a misspelt word is taken for a name of a page: one letter wrong in four is 75 ("zorg", "sorg"), one in
# seven 92. A wrong page costs a glance, and its title says which it is; a word of danger is never decided here.
SIMILAR = 75
_WORDS = re.compile(r"^<!-- words: (.*) -->\n\n?", re.MULTILINE)
_COMMANDS = re.compile(r"^```sh\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class GuidePage(NamedTuple):
    """One page: its topic, language, title, Markdown without the foot, and other names of its topic."""

    topic: str
    language: str
    title: str
    markdown: str
    words: tuple[str, ...] = ()

    @property
    def commands(self) -> tuple[str, ...]:
        """The commands that the page ends with."""
        return tuple(line for block in _COMMANDS.findall(self.markdown) for line in block.splitlines())


def read_page(topic: str, language: str) -> GuidePage:
    """Give the page of a topic in one of the four languages."""
    text = _text(language, topic)
    found = _WORDS.search(text)
    words = tuple(found[1].split(", ")) if found else ()
    return GuidePage(topic, language, text.partition("\n")[0].removeprefix("# "), _WORDS.sub("\n", text, count=1), words)


def read_foot(page: GuidePage) -> str:
    """Give what stands under a page: what to do in an emergency; nothing under the page that is about it."""
    return "" if page.topic == "emergency" else "\n" + _text(page.language, "foot")


def read_pages(language: str) -> list[GuidePage]:
    """Give all pages in one language, in the order in which they are best read."""
    return [read_page(topic, language) for topic in TOPICS]


def called(page: GuidePage) -> str:
    """Give the word by which a reader of its language asks for a page: the first that means no other; the topic where there is none."""
    if page.language == "en":
        return page.topic
    names = list(_names())
    for word in page.words:
        meant = {topic for name, topic in names if name == key(word)}
        if " " not in word and meant == {page.topic}:
            return word
    return page.topic


def find_topic(text: str) -> str:
    """Give the topic that a text names in any of the four languages, misspelt or not.

    Raises AmbiguousError when it names several, NotFoundError when it names none.
    """
    if text in TOPICS:
        return text
    wanted, names = key(text), list(_names())
    exactly = {topic for name, topic in names if name == wanted}
    found = exactly or {*pages_of_words(text)} or _sharing(text, names) or _similar(wanted, names)
    if len(found) > 1:
        pages = [read_page(topic, languages()[0]) for topic in TOPICS if topic in found]
        candidates = [f"{called(page)}  {page.title}" for page in pages]
        raise AmbiguousError(_("“{text}” may be any of these; which one?").format(text=text), candidates)
    if not found:
        topics = ", ".join(map(called, read_pages(languages()[0])))
        raise NotFoundError(
            _("the guide has no page on “{text}”; it has: {topics}. In an emergency: 112, ht urgent").format(text=text, topics=topics)
        )
    return found.pop()


def _names() -> Iterator[tuple[str, str]]:
    for topic in TOPICS:
        yield key(topic), topic
        for language in AVAILABLE:
            page = read_page(topic, language)
            yield from ((key(name), topic) for name in (page.title, *page.words))


def _sharing(text: str, names: list[tuple[str, str]]) -> set[str]:
    """Give the topics whose names hold most of the words typed."""
    words = [word for word in fold(text).split() if len(word) >= 3]
    shared = Counter(topic for topic in TOPICS for word in words if any(word in name for name, named in names if named == topic))
    return {topic for topic, count in shared.items() if count == max(shared.values())}


def _similar(wanted: str, names: list[tuple[str, str]]) -> set[str]:
    from rapidfuzz.process import extractOne  # 6 ms, wanted only for a word that no page knows

    near = extractOne(wanted, [name for name, _topic in names], score_cutoff=SIMILAR)
    return {topic for name, topic in names if name == near[0]} if near else set()


def _text(language: str, name: str) -> str:
    return (DIRECTORY / language / f"{name}.md").read_text("utf-8")
