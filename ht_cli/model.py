"""The nouns of the project as frozen shapes; field names follow HSDS where it has one.

They are named tuples: a dataclass costs a start five times as much, and loads `inspect` for it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from ht_cli.shapes import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


LANGUAGES = ("fr", "nl", "de", "en")
TERM_KINDS = ("needs", "offers", "audiences", "kinds", "channels", "languages", "costs", "referral", "relations", "dangers", "unrecorded")
CRISIS_NEEDS = ("suicide", "self-harm", "domestic-violence", "sexual-violence", "child-abuse", "crisis")
NEEDS_OF_DANGER = (*CRISIS_NEEDS, "elder-abuse")
# Needs that are an illness, each with groups of its own.
ILLNESSES = ("psychosis", "bipolar", "personality-disorder", "ocd", "eating-disorder", "alcohol", "drugs", "gambling")
ADDICTIONS = ("alcohol", "drugs", "gambling", "screens", "tobacco")  # needs
DANGERS = ("suicide", "self-harm", "partner-violence", "sexual-violence", "child-abuse", "overdose", "threat", "elder-abuse")
MINORS = ("children", "adolescents")
NETWORKS = ("network-adult", "network-youth")
AGE_GROUPS = (*MINORS, "young-adults", "adults", "older-people")
GROWN_UP = frozenset(("adults", "older-people", "women", "men", "couples"))
YOUNG = (*MINORS, "young-adults", "students")
SECRET_ADDRESS = {"confidential": True}  # what stands in place of an address that must stay secret
ADULT_AGE = 18
NOT_SENT_TO = ("unverified", "closed")  # resources of these may wait for whom they serve and in which language: nobody is sent there
# Control characters but line break and tab, what turns the direction of text round, halves of a surrogate
# pair, and the two that XML has no place for: no text of a resource may hold one.
FORBIDDEN_CHARACTERS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff"


Spoken = Mapping[str, str]  # the versions of one text by language: fr, nl, de, en
UNSAID: Spoken = MappingProxyType({})
FAX_BEGINNINGS = ("fax", "telefax", "téléfax", "telecop", "télécop", "telekop", "fernkop")  # of the words for one
PHONE_BEGINNINGS = ("tel", "tél", "phone", "voice", "gsm", "mobil", "handy")
BOTH = {"et", "en", "und", "and"}  # between a fax and what else answers at its number
NUMBER_WORDS = {"numéro", "numero", "nummer", "number", "n", "no", "nr", "de", "du", "het", "the"}


class Phone(NamedTuple):
    """A number: E.164 (`+3243421212`), or a Belgian short number as it is dialled (`107`).

    `national` is how it is written for people in Belgium: `04 342 12 12`.
    """

    number: str
    national: str = ""
    label: Spoken = UNSAID
    hours: Spoken = UNSAID
    hours_osm: str = ""

    @property
    def is_fax(self) -> bool:
        """Whether its label says that nobody answers there but a fax."""
        return any(map(names_a_fax, self.label.values()))


def names_a_fax(text: str) -> bool:
    """Say whether what stands beside a number calls it a fax, and no telephone as well: fax, Secrétariat (télécopie), Faxnummer.

    A text that mentions one on its way ("Reception, fax on request") is that of a telephone.
    """
    apart = text.casefold().replace(" + ", " and ").replace("&", " and ")
    words = "".join(character if character.isalpha() else " " for character in apart).split()
    telling = [word for word in words if word not in NUMBER_WORDS]
    fax = [word.startswith(FAX_BEGINNINGS) or word.endswith("fax") for word in telling]
    beside = [*(telling[1:2] if any(fax[:1]) else ()), *(telling[-2:-1] if any(fax[-1:]) else ())]
    spoken_into = any(word.startswith(PHONE_BEGINNINGS) for word, is_fax in zip(telling, fax, strict=True) if not is_fax)
    return any((*fax[:1], *fax[-1:])) and not spoken_into and BOTH.isdisjoint(beside)


class Address(NamedTuple):
    """Where a resource is; `nis` is the municipality. Never shown when confidential."""

    street: str = ""
    postcode: str = ""
    locality: str = ""
    nis: str = ""
    confidential: bool = False


def address_line(street: str | None, postcode: str | None, town: str | None) -> str:
    """Give an address in one line, as far as its parts are known: Rue de Fer 1, 5100 Jambes."""
    return ", ".join(filter(None, (street, f"{postcode or ''} {town or ''}".strip())))


def holds_secret(addresses: Any) -> bool:
    """Say whether one of the addresses of a record, or what stands in its place, is confidential."""
    return isinstance(addresses, Sequence) and any(isinstance(address, Mapping) and address.get("confidential") for address in addresses)


class Source(NamedTuple):
    """A page that a fact was read on; `date` is ISO 8601, possibly only a year, or empty."""

    url: str
    date: str = ""


class FactCheck(NamedTuple):
    """A person confirmed one field: the day (ISO 8601), how (phone, mail, site, visit), and their initials."""

    field: str
    on: str
    how: str
    by: str = ""


class Resource(NamedTuple):
    """One place, line, group, network or list that helps. None and empty mean unknown."""

    id: str
    name: str
    kind: str
    status: str = "active"
    successor: str = ""
    confidence: str = "low"
    alternate_names: tuple[str, ...] = ()
    descriptions: Spoken = UNSAID
    audiences: tuple[str, ...] = ()
    professionals_only: bool = False
    min_age: int | None = None
    max_age: int | None = None
    needs: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    cost: str = "unknown"
    referral_needed: bool | None = None
    areas: tuple[str, ...] = ()
    area_note: Spoken = UNSAID
    addresses: tuple[Address, ...] = ()
    phones: tuple[Phone, ...] = ()
    email: str = ""
    url: str = ""
    hours: Spoken = UNSAID
    hours_osm: str = ""
    checked_on: str = ""
    checked_how: str = ""
    checked_by: str = ""
    fact_checks: tuple[FactCheck, ...] = ()
    failed_tries: int = 0
    closed_on: str = ""
    closed_reason: str = ""
    changed_on: str = ""
    source_date: str = ""
    sources: tuple[Source, ...] = ()
    notes: str = ""

    @property
    def reachable(self) -> bool:
        """Whether a phone, an e-mail address, a site or a street is known: an area alone reaches nobody."""
        return bool(self.phones or self.email or self.url or self.public_addresses)

    @property
    def dialled(self) -> tuple[Phone, ...]:
        """The numbers at which somebody may answer, in their order: a fax is none of them."""
        return tuple([phone for phone in self.phones if not phone.is_fax])

    @property
    def faxes(self) -> tuple[Phone, ...]:
        """The other numbers: nobody is told to dial them."""
        return tuple([phone for phone in self.phones if phone.is_fax])

    @property
    def offered(self) -> bool:
        """Whether it may be shown as help: somebody can be reached, or it is a network, to which others lead as well."""
        return self.reachable or self.kind in NETWORKS

    @property
    def gone_to(self) -> bool:
        """Whether people go there, so that it matters how far it is: a line, a network and what is reached by phone or online alone is nowhere."""
        return self.kind in ("service", "group") and (not self.channels or "in-person" in self.channels)

    @property
    def public_addresses(self) -> tuple[Address, ...]:
        """The addresses that may be shown: with a street, and not confidential."""
        return tuple(a for a in self.addresses if not a.confidential and a.street)

    @property
    def eligibility(self) -> str:
        """`open` (to all), `preferred` (open, meant first for its audiences), `only`, or `unknown`."""
        if "everyone" in self.audiences:
            return "preferred" if len(self.audiences) > 1 else "open"
        return "only" if self.audiences else "unknown"

    @property
    def of_all_ages(self) -> bool:
        """Whether it is only for audiences that together are people of every age, which says nothing of for whom it is."""
        return self.eligibility == "only" and {*MINORS, "adults"} <= {*self.audiences}


class Change(NamedTuple):
    """One entry of the journal: what was done to one resource, and each field before and after.

    `at` is UTC in ISO 8601, never earlier than any entry that its author knew; `batch` joins the changes
    of one act, such as an import; `undoes` is the uuid of the change that this one takes back; `merged`
    names the act that brought a colleague's change here, and is empty for our own. In `fields`, None is
    absent; `superseded` names those that were never in effect, such as a proposal. `device` wrote it, having
    seen the entries `seen` of this resource and what those had seen; both are empty in journals of 0.1.0.
    """

    uuid: str
    at: str
    who: str
    action: str
    resource: str
    fields: Mapping[str, tuple[Any, Any]]
    note: str = ""
    batch: str = ""
    undoes: str = ""
    merged: str = ""
    superseded: Mapping[str, tuple[Any, Any]] = MappingProxyType({})
    device: str = ""
    seen: tuple[str, ...] = ()

    @property
    def act(self) -> str:
        """What is done and taken back in one go: a merge, else an import or the like, else the change alone."""
        return self.merged or self.batch or self.uuid

    @property
    def short(self) -> str:
        """The first eight characters of the uuid, as people name a change."""
        return self.uuid[:8]


class Place(NamedTuple):
    """Somewhere one can ask about: a municipality, a locality in it, a district that people name (Westhoek), a province, a region.

    `nis` is empty for anything larger than a municipality; `holds` are the NIS codes of the municipalities of a district.
    """

    id: int
    code: str
    name: str
    kind: str
    nis: str = ""
    province: str = ""
    region: str = ""
    languages: tuple[str, ...] = ()
    latitude: float = 0.0
    longitude: float = 0.0
    population: int = 0
    country: str = "be"
    holds: tuple[str, ...] = ()

    @property
    def towns(self) -> tuple[str, ...]:
        """The NIS codes of the municipalities that it is, or holds; none of a province, a region and what is larger."""
        return self.holds or ((self.nis,) if self.nis else ())


class Homonym(NamedTuple):
    """A name or postcode that several places bear, where nothing that was said decides: the likeliest of them first."""

    name: str
    places: tuple[Place, ...]


class Municipality(NamedTuple):
    """A municipality of 2025 with its two networks; `network_adult_confidence` is high, medium or low.

    `languages` are the official ones, `facilities` that in which the law gives its people facilities, if any.
    """

    nis: str
    name: str
    names: dict[str, str]
    postcodes: tuple[str, ...]
    province: str
    region: str
    languages: tuple[str, ...]
    facilities: tuple[str, ...]
    latitude: float
    longitude: float
    population: int
    network_adult: str
    network_adult_confidence: str
    network_youth: str

    @property
    def helped_in(self) -> tuple[str, ...]:
        """The languages of the Communities whose help its people can have: the official ones first."""
        return (*self.languages, *self.facilities)


class Danger(NamedTuple):
    """Whether the words speak of danger: `level` is `alarm`, `quiet` or `none`.

    `kinds` are what it would be, the likeliest first (see DANGERS); `probability` is that of any danger, 0 to 1.
    """

    level: str = "none"
    kinds: tuple[str, ...] = ()
    probability: float = 0.0


NO_DANGER = Danger()


class Gone(NamedTuple):
    """A closed resource that a question asks for by its name, and the number of what follows it; 0 where nothing does."""

    id: str
    name: str
    successor: int


class Query(NamedTuple):
    """What is asked, once read: term ids, and how each was arrived at.

    Of the needs, `heard` are those that no word names, with their probability (0 to 1); `guesses` are offered where none
    is sure. `voice` is who speaks: `self`, `other` (about somebody else), `worker`, or empty; `spoken` the languages of the
    question, the likeliest first. `own_trouble` tells that who speaks says the illness of themself, `sentenced` that a prison or a
    sentence is spoken of, `long_over` that what was done was done long ago, `interpreted` that an interpreter is asked for,
    `by_custom` that an excision or a forced marriage is spoken of; `subjects` which part of a need the words name (cannabis, cancer), and
    `died` who it was that somebody mourns, a child or another, where they say so. `age_said` holds the words that gave the age,
    `not_used` what was asked for and the catalogue does not know. `homonyms` are the names of which one of `places` is the likeliest
    meaning and not the only one.
    """

    text: str = ""
    places: tuple[Place, ...] = ()
    homonyms: tuple[Homonym, ...] = ()
    abroad: str = ""
    needs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    relations: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    costs: tuple[str, ...] = ()
    referral: tuple[str, ...] = ()
    age: int | None = None
    age_said: str = ""
    danger: Danger = NO_DANGER
    heard: tuple[tuple[str, float], ...] = ()
    guesses: tuple[str, ...] = ()
    alike: bool = False  # the needs weigh the same: few words, each of which says one
    voice: str = ""
    own_trouble: bool = False
    sentenced: bool = False
    subjects: tuple[str, ...] = ()
    died: tuple[str, ...] = ()
    refuses_care: bool = False  # somebody ill refuses to be treated
    uninsured: bool = False
    asks_for_medicine: bool = False  # a psychiatrist, or psychiatry
    long_over: bool = False
    interpreted: bool = False
    by_custom: bool = False
    spoken: tuple[str, ...] = ()
    not_used: tuple[str, ...] = ()
    open_at: str = ""  # when somebody must answer, as the words ask it and --open-at takes it
    within: float | None = None  # km from the place, as the words ask it and --near takes it
    cut: int = 0  # words of a text of hostile length that were left unread
    names: Mapping[int, int] = MappingProxyType({})
    gone: tuple[Gone, ...] = ()
    unlisted: tuple[str, ...] = ()  # phone numbers that no resource has, as they were typed
    unknown: tuple[str, ...] = ()
    corrections: tuple[tuple[str, str], ...] = ()
    # Values of options that are no name of what they mean: as typed, the kind, the terms.
    taken: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    required: frozenset[str] = frozenset()  # kinds given as options: results must list them

    @property
    def in_danger(self) -> bool:
        """Whether the words speak of danger; an option that names a need brings its lines alone."""
        return self.danger.level == "alarm" and ("needs" not in self.required or self.danger.probability > 0)

    @property
    def minor(self) -> bool:
        """Whether the help is for somebody under eighteen."""
        if self.age is not None:
            return self.age < ADULT_AGE
        grown_up = "partner" in self.relations or not GROWN_UP.isdisjoint(self.audiences)
        return bool(set(self.audiences) & set(MINORS)) and not grown_up

    @property
    def facets(self) -> bool:
        """Whether anything was understood that the catalogue can be asked for."""
        asked = (
            self.places,
            self.needs,
            self.audiences,
            self.relations,
            self.offers,
            self.kinds,
            self.languages,
            self.channels,
            self.costs,
            self.referral,
        )
        return any(asked) or self.age is not None or bool(self.abroad) or self.danger.level == "alarm"


class Moment(NamedTuple):
    """A time in Europe/Brussels that opening hours are asked about, and whether it is now."""

    at: datetime
    now: bool = True


ALWAYS = "24/7"  # hours of who answers day and night


class Opening(NamedTuple):
    """Whether somebody answers at a moment: `state` is `open`, `closed` or `unknown`.

    `until` is when an open one closes (None: day and night), `opens` when a closed one opens (None: not
    known); `doubt` is what an unknown one hangs on (`public-holiday`, `school-holiday`, or empty). `text`
    holds the hours in words where there are any, `note` a condition beside them.
    """

    state: str = "unknown"
    until: datetime | None = None
    opens: datetime | None = None
    doubt: str = ""
    text: Spoken = UNSAID
    note: str = ""


class Openings(NamedTuple):
    """Whether a resource answers at a moment: each of its numbers, its own hours, and the best of the ways to it."""

    moment: Moment
    phones: tuple[Opening, ...] = ()
    place: Opening | None = None
    best: Opening = Opening()


class Hit(NamedTuple):
    """A resource that answers, with its score, the reasons for it, the distance in km, and whether it is open.

    `weighed` are the rules of docs/referral.md that counted, with their points: the score is their sum. Of its numbers the first
    `their_numbers` are for who asks, by town and language; all where that is 0.
    """

    resource: Resource
    score: float
    why: tuple[str, ...]
    distance_km: float | None = None
    openings: Openings | None = None
    weighed: tuple[tuple[str, float], ...] = ()
    their_numbers: int = 0
