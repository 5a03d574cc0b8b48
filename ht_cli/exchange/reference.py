"""What a format needs beside the resources: labels, places, the journal, and the language of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ht_cli.model import Change, Municipality, Resource
from ht_cli.shapes import NamedTuple
from ht_cli.wording import Words

CARD_VERSION = "3.0"  # of vCard, unless another one is asked for: every telephone reads it


class Organization(NamedTuple):
    """Who runs several services: a path that its id is made of, its name, and its site."""

    path: str
    name: str
    website: str


class Reference(NamedTuple):
    """What a format may look up while it writes.

    `language` is that of the texts in the file; `homes` are the municipalities by NIS code; `changes`
    gives the journal of one resource, the newest first; `released` is the version of the data; `urgent`
    are the lines to call now, 112 first; `made_at` is the moment of the export in UTC (ISO 8601) where
    it is asked for, else empty; `fields` the fields wanted, in their order, where not all are. `finder` gives the words and
    places by which a page is searched, `findable` what one resource is found by; both as JSON can hold it. `revision` gives the
    mark of what a resource says, for a file that comes back. `card_version` is that of vCard; `spellings` the folded names and
    postcodes of each municipality and of what lies in it, by NIS code, and those of what is wider by its code; `organizations` who runs the services that share one, by
    id; `front_matter` says that a text for a site begins with what the site wants to know of it.
    """

    language: str
    words: Words
    homes: Mapping[str, Municipality]
    changes: Callable[[str], Sequence[Change]]
    released: str = ""
    urgent: Sequence[Resource] = ()
    made_at: str = ""
    fields: Sequence[str] = ()
    finder: Callable[[], Mapping[str, Any]] = dict
    findable: Callable[[Resource], Mapping[str, Any]] = lambda _resource: {}
    revision: Callable[[Resource], str] = lambda _resource: ""
    card_version: str = CARD_VERSION
    spellings: Callable[[], Mapping[str, str]] = dict
    organizations: Callable[[], Mapping[str, Organization]] = dict
    front_matter: bool = False
