"""What makes a page of resources one that is searched: packed data, the script that reads them, and the words around it."""

import base64
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from ht_cli.exchange.directory import Directory, lines_in_order
from ht_cli.exchange.entries import anchor_of
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.typography import held
from ht_cli.locale import translate as _
from ht_cli.model import Resource
from ht_cli.shapes import NamedTuple

SCRIPT = Path(__file__).parent / "templates" / "finder.js"


class FinderParts(NamedTuple):
    """The data (JSON, gzip, base64), the script, its hash as a Content-Security-Policy takes it, and what the form says."""

    data: str
    script: str
    hash: str
    say: Mapping[str, Any]


def finder_of(resources: Iterable[Resource], directory: Directory, reference: Reference) -> FinderParts | None:
    """Give what searches a directory; nothing where the words to search with are not at hand."""
    known = reference.finder()
    if not known:
        return None
    script = SCRIPT.read_text("utf-8")
    by_anchor = {anchor_of(resource): resource for resource in resources}
    described = [by_anchor[entry.anchor] for section in directory.sections for group in section.groups for entry in group.entries]
    data = {
        **known,
        "rules": {name: known["rules"][name] for name in sorted(set(re.findall(r"\bHT\.([A-Z_]+)", script)))},  # those that it reads
        "language": reference.language,
        "resources": [reference.findable(resource) for resource in described],  # as the articles of the page stand
        "urgent": [{"id": line.id, "languages": line.languages, "areas": line.areas} for line in lines_in_order(reference)],
        "say": {**{name: held(said) for name, said in _answers().items()}, **_names(known["terms"], reference)},
    }
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return FinderParts(_packed(data), script, f"sha256-{digest}", _form())


def _packed(data: Mapping[str, Any]) -> str:
    text = json.dumps(data, separators=(",", ":"))  # in ASCII, which holds even half a surrogate pair
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


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
