"""What a search asks of a catalogue: the shapes that are handed over, and the questions."""

from collections.abc import Collection, Iterable, Sequence

from ht_cli.hearing.ears import Weights
from ht_cli.model import Gone, Place, Resource
from ht_cli.shapes import NamedTuple, Protocol

ANYWHERE = "any"  # the area that holds every resource
EMERGENCY = ("urgence-112", "police-101", "antipoisons")  # lines for an emergency alone: nobody to talk to
DOCTOR_ON_DUTY = ("garde-1733",)  # in the evening and at weekends, for whoever is ill: no psychologist
# Who interprets: where an interpreter is asked for, they are an answer, though they work for professionals.
INTERPRETERS = ("setis-wallon", "setis-bruxelles", "bruxelles-accueil-interpretariat")
GENERAL, ANY_NEED = 0, -1  # needs of a cell: it lists none, and whichever it lists
HIDDEN = {"professionals": 1, "unverified": 2, "closed": 4, "contactless": 8}
NO_AGE_LIMIT = 200  # years: the oldest that a resource is for which does not say
UNREACHABLE_RANK = 500  # the static rank from which nobody can be reached
NOBODY, DOOR, WRITING, PHONE = range(4)  # how a resource is reached at best: an address alone, mail or a site, a number
ASKS_FOR_HELP = "help"  # kind of a form by which somebody asks for help and says nothing of what
ORDINARY_IN = "ordinary"  # kind of a form that is an everyday word of the language `ref`: what it means here, it means in others
TELLING_IN = "telling"  # kind of a form that tells something in the language `ref`, and is a small word in others
HOME = "home"  # kind of a form that stands before the place where somebody lives
VERB = "verb"  # kind of a form that behind a subject is a verb, and not what its noun means: "er sucht"
AGE_CUES = (
    "unit",
    "of_age",
    "old",
    "aged",
    "person",
    "being",
    "lasting",
    "passed",
    "counted",
    "gone",
    "lost",
    "mourning",
    "weak_unit",
)  # kinds of forms beside a number
HOURS_CUES = ("hours-day", "hours-part", "hours-open", "hours-now", "hours-told")  # kinds of forms that ask when somebody answers
NEAR_HERE = "limit-near"  # kind of a form that asks for somebody near
LIMIT_CUES = ("limit-within", "limit-km", "limit-euro", NEAR_HERE)  # kinds of forms that say how far or how dear at most
PAST_CUES = ("past-over", "past-still", "past-before", "past-behind")  # kinds of forms that say whether something is over
COSTS = ("unknown", "free", "low-cost", "reimbursed", "paid")


class Form(NamedTuple):
    """What a key means: a term of a kind, or a place, and how it is written."""

    key: str
    kind: str
    ref: str
    shown: str
    risky: bool


class Phrase(NamedTuple):
    """Words that mean a term when they stand in this order; `…` is a gap."""

    words: tuple[str, ...]
    kind: str
    ref: str
    shown: str


class Correction(NamedTuple):
    """A known word near a misspelt one, the languages it is of (none: any, such as a town), and whether it needs care.

    `size` is how large the slip is, see `slip_size`. `guarded` words are names, towns, and those of danger and of narrow needs.
    """

    word: str
    edits: int
    size: float
    weight: int
    languages: frozenset[str]
    guarded: bool


NAME_ONLY = 1  # the weight of a known word that stands in names alone


class Known(NamedTuple):
    """A known word: 3 a concept or town, 2 in a phrase, 1 in a name only, 0 an everyday word; and the languages it is of (none: any)."""

    weight: int
    languages: frozenset[str]


class Cell(NamedTuple):
    """A resource that serves the area for the need: its number, rank and the bit masks of its terms.

    `reserved` are the needs, and `group` the audiences, that it is there for alone; 0 is for all. `reach` is NOBODY to PHONE.
    """

    resource: int
    need: int
    rank: int
    audiences: int
    offers: int
    languages: int
    channels: int
    kind: int
    cost: int
    referral: int
    low: int
    high: int
    reserved: int = 0
    group: int = 0
    reach: int = PHONE


class Filters(NamedTuple):
    """What a cell must meet; a mask of 0, and an age of -1, ask nothing.

    What is for one of `grown_up` must be for one of `young` as well. What lists the need and is for `whatever_age` may name ages that
    are not those of the asker.
    """

    audiences: int = 0
    grown_up: int = 0
    young: int = 0
    whatever_age: int = 0
    offers: int = 0
    languages: int = 0
    channels: int = 0
    kinds: int = 0
    cost: int = 0
    no_referral: bool = False
    age: int = -1
    low: int = -1
    high: int = -1
    hidden: int = sum(HIDDEN.values())
    resource: int = 0  # only this one


class Lookups(Weights, Protocol):
    """The questions; each costs what it finds, not what the catalogue holds."""

    def labels(self, terms: Collection[tuple[str, str]]) -> list[str]:
        """Give what terms, each a kind and an id, are called in the four languages."""

    def contractions(self, words: Collection[str], language: str) -> dict[str, str]:
        """Give what each of the words that is a contraction in a language stands for."""

    def changing_nothing(self, stretches: Collection[str]) -> dict[str, set[str]]:
        """Give, of stretches of words, those that are a greeting, a town that is nothing else, or a word that leads to a town."""

    def with_numbers(self, numbers: Sequence[str]) -> list[int]:
        """Give the resources that have one of these phone numbers."""

    def first_numbers(self, resources: Sequence[int]) -> dict[int, str]:
        """Give the phone number by which each of the resources is called first; those without one are left out."""

    def forms(self, keys: Sequence[str]) -> list[Form]:
        """Give what these keys mean."""

    def phrases(self, words: Sequence[str]) -> list[Phrase]:
        """Give the phrases whose rarest word is one of these."""

    def known_words(self, words: Sequence[str]) -> dict[str, Known]:
        """Give what is known of each of the words; those that are not known are left out."""

    def ordinary_words(self, words: Collection[str]) -> dict[str, frozenset[str]]:
        """Give the languages in which each of the words is an ordinary one; words of none are left out."""

    def corrections(self, word: str, *, names: bool, within: int = 2) -> list[Correction]:
        """Give known words near a misspelt one, the nearest first."""

    def nearest_ordinary(self, word: str, languages: Collection[str], limit: int) -> float:
        """Give the size of the slip from the nearest ordinary word of these languages, `limit` + 1 when none is within so many edits."""

    def has_term(self, kind: str, identifier: str) -> bool:
        """Say whether a kind has a term of this id."""

    def place(self, number: int) -> Place:
        """Give the place of a form's ref."""

    def place_of(self, code: str) -> Place:
        """Give the place of an area code."""

    def fits(self, kind: str, term: str) -> tuple[str, ...]:
        """Give the ids that go with a term."""

    def mask(self, kind: str, terms: Iterable[str]) -> int:
        """Give the bits of these terms as the cells hold them."""

    def need_number(self, need: str) -> int:
        """Give the number of a need as the cells hold it."""

    def cells(self, area: str, need: int, filters: Filters, limit: int) -> list[Cell]:
        """Give the best-ranked resources that serve an area for a need and meet the filters."""

    def cells_of(self, resource: int, hidden: int) -> list[Cell]:
        """Give what is known of one resource, once for each need it lists; nothing when it is hidden for one of these reasons."""

    def listing(self, need: int, resources: Sequence[int]) -> list[int]:
        """Give those of the resources that list a need."""

    def count(self, areas: Sequence[str], needs: Sequence[int], filters: Filters) -> int:
        """Count the resources that serve one of the areas for one of the needs and meet the filters."""

    def named(self, keys: Sequence[str]) -> list[tuple[int, str, str]]:
        """Give (resource, key, shape) where a name is one of the keys."""

    def closed(self, keys: Sequence[str]) -> list[Gone]:
        """Give the closed resources of which a whole name, or a part of it, is one of the keys."""

    def words_of_names(self, words: Collection[str]) -> frozenset[str]:
        """Give those of the words that stand in the name of a resource."""

    def name_words(self, words: Sequence[str]) -> dict[int, list[tuple[str, float]]]:
        """Give, by resource, which of the words its name holds, and what share of the name each is."""

    def resources(self, numbers: Sequence[int]) -> dict[int, Resource]:
        """Give the resources by their numbers."""

    def with_hours(self, numbers: Sequence[int]) -> list[int]:
        """Give those of the resources that state hours in the opening_hours syntax, for themselves or for a number."""

    def urgent_lines(self, danger: str, *, minors: bool) -> list[Resource]:
        """Give the lines to call for a danger, in the order in which they are shown."""

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """Give the ids of resources by their numbers."""

    def numbers_of(self, ids: Sequence[str]) -> list[int]:
        """Give the numbers of the resources that have these ids; of unknown ids none."""

    def urgent_numbers(self, danger: str, *, minors: bool) -> list[int]:
        """Give the numbers of the resources that are lines to call for a danger, those for minors among them where asked."""

    def homes(self, numbers: Sequence[int]) -> list[tuple[int, str, float, float]]:
        """Give, for each public address of the resources: the resource, the NIS code, latitude and longitude."""

    def neighbours(self, place: Place, count: int) -> list[Place]:
        """Give the nearest other municipalities."""

    def networks(self, nis: str) -> tuple[int, int]:
        """Give the resource numbers of the adult and the youth network of a municipality."""

    def networks_inside(self, province: str) -> Sequence[tuple[int, int]]:
        """Give those of a province's municipalities, those of most of them first."""
