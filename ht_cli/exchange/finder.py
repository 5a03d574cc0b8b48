"""What makes a page of resources one that is searched: packed data, the script that reads them, and the words around it."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ht_cli.exchange.directory import Directory, lines_in_order
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.typography import held
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple

_GZIP = 31  # the window of zlib, and a head of gzip without a moment in it
_OF_BASE64 = 3  # bytes that become whole characters
SCRIPT = Path(__file__).parent / "templates" / "finder.js"
SPACED = re.compile(r" (=>|&&|\|\||===|!==|<=|>=|=|\?|:) ")  # an operator between spaces
EXPLAINED = re.compile(r"// .*")


class FinderParts(NamedTuple):
    """The data (JSON, gzip, base64) in pieces, the script, its hash as a Content-Security-Policy takes it, and what the form says."""

    data: Iterator[str]
    script: str
    hash: str
    say: Mapping[str, Any]


def finder_of(directory: Directory, reference: Reference) -> FinderParts | None:
    """Give what searches a directory; nothing where the words to search with are not at hand."""
    known = reference.finder()
    if not known:
        return None
    script = script_sent()
    data = {
        **known,
        "rules": {name: known["rules"][name] for name in sorted(set(re.findall(r"\bHT\.([A-Z_]+)", script)))},  # those that it reads
        "language": reference.language,
        "urgent": [{"id": line.id, "languages": line.languages, "areas": line.areas} for line in lines_in_order(reference)],
        "say": {**{name: held(said) for name, said in _answers().items()}, **_names(known["terms"], reference)},
    }
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return FinderParts(_packed(_with_resources(data, directory, reference)), script, f"sha256-{digest}", _form())


def script_sent() -> str:
    """Give the script as a page carries it: without what explains it and the spaces before the lines, for a page is sent by mail.

    Nor those beside an operator that no text of the script holds.
    """
    lines = map(str.strip, SPACED.sub(r"\1", EXPLAINED.sub("", SCRIPT.read_text("utf-8"))).splitlines())
    return "\n".join(filter(None, lines)) + "\n"


def _with_resources(data: Mapping[str, Any], directory: Directory, reference: Reference) -> Iterator[str]:
    """Write the data as JSON, and in it what each resource is found by, as the articles of the page stand."""
    yield f'{_json(data)[:-1]},"resources":['
    between = ""
    for section in directory.sections:
        for group in section.groups:
            for resource in group.resources:
                yield between + _json(reference.findable(resource))
                between = ","
    yield "]}"


def _json(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))  # in ASCII, which holds even half a surrogate pair


def _packed(texts: Iterable[str]) -> Iterator[str]:
    """Give the texts as one gzip file, the same whenever it is made, in base64."""
    packing = zlib.compressobj(9, wbits=_GZIP)
    waiting = b""
    for text in texts:
        waiting += packing.compress(text.encode())
        whole = len(waiting) // _OF_BASE64 * _OF_BASE64
        yield base64.b64encode(waiting[:whole]).decode()
        waiting = waiting[whole:]
    yield base64.b64encode(waiting + packing.flush()).decode()


def _names(terms: Mapping[str, Sequence[str]], reference: Reference) -> dict[str, Any]:
    """Give the labels of terms by kind, and the names of areas."""
    words = reference.words
    areas = {code: words.area(code) for code in (*words.areas, "region:brussels", "region:wallonia", "region:flanders", "community:de", "country:be")}  # fmt: skip
    return {"terms": {kind: {term: words.term(kind, term) for term in known} for kind, known in terms.items()}, "places": areas}


def _form() -> dict[str, Any]:
    return {
        "label": _("What is it about, and where?"),
        "hint": _("A few words are enough, in any of the four languages: burn-out namur, 16 jaar angst gent. Keys: / begins, ↓ and ↑ go through the results, Escape clears. Nothing that you type leaves this page."),
        "audience": _("For whom"),
        "language": _("Language"),
        "offer": _("What is offered"),
        "all": _("all"),
        "filters": (
            ("free", _("free")), ("remote", _("by phone or online")), ("dialled", _("a number to call")), ("direct", _("no referral needed")),
            ("near", _("at most 30 km away")),
        ),
        "found": _("Found"),
        "more": _("Show more"),
        "print": _("Print these results"),
    }  # fmt: skip


def _answers() -> dict[str, str]:
    """Say what the script says; it fills what stands between braces."""
    return {
        "understood": _("Understood:"),
        "not_understood": _("Not understood:"),
        "not_used": _("Not known here, so ask:"),
        "abroad": _("{place} is outside Belgium: here is what can be reached from anywhere in Belgium."),
        "age": _("age {age}"),
        "count": _("Found: {count}, the best first."),
        "nothing": _("Nothing fits. Take a filter away, or use fewer words."),
        "not_heard": _("Nothing of this was understood. Say in a few words what it is about, and where: burn-out namur."),
        "call_below": _("In danger: 112. Whom to call or talk to now stands below."),
        "other_place": _("Or {place}?"),
        "network": _("network of this place"),
        "any": _("takes any need"),
        "in_town": _("in town"),
        "km": _("{km} km"),
        "no_number": _("no number known"),
        "more_facts": _("All that is known"),
    }
