"""What a service is named after where a need holds several things: one substance, one illness, one violence."""

from collections.abc import Collection, Iterator, Sequence

from ht_cli.search.lookups import Lookups
from ht_cli.search.question import Reading
from ht_cli.search.text import fold
from ht_cli.shapes import NamedTuple

LEAST_OF_A_NAME = 0.3  # of the words of a name that tell, from which one says what the service is for


class Subject(NamedTuple):
    """A part of a need, by the folded words of a question that speak of it, and by those of names of services that are there for it alone.

    `only` tells that such a service is nothing for who speaks of the need and not of this part of it.
    """

    need: str
    said: frozenset[str]
    names: tuple[str, ...]
    only: bool = False


DRUGS = frozenset(("drug", "drugs", "drogue", "drogues", "droge", "drogen"))  # without a name: any of them
SUBJECTS = {
    "medicines": Subject("drugs", frozenset((
        "slaapmiddel", "slaapmiddelen", "slaappil", "slaappillen", "slaapmedicatie", "kalmeermiddel", "kalmeermiddelen", "kalmeringspillen", "pijnstillers",
        "medicatie", "medicijnen", "geneesmiddelen", "pil", "pillen", "benzo", "benzos", "benzodiazepine", "benzodiazepines", "somnifere", "somniferes", "calmant", "calmants",
        "anxiolytique", "anxiolytiques", "tranquillisant", "tranquillisants", "medicament", "medicaments", "pilule", "pilules", "schlafmittel", "schlaftabletten",
        "schlafmitteln", "schlaftablette", "beruhigungsmittel", "beruhigungsmitteln", "schmerzmittel", "medikament", "medikamente", "medikamenten", "tabletten", "benzodiazepinen",
        "pills", "tranquillisers", "tranquilizers", "sedatives", "painkillers", "medication", "medicines", "meds", "valium", "xanax", "temesta", "lorazepam", "diazepam",
        "zolpidem", "stilnoct", "lormetazepam", "lexotan", "alprazolam", "imovane", "tramadol",
    )), ("slaapmiddelen", "slaapmedicatie", "benzo", "benzodiazepines"), only=True),
    "hard-drugs": Subject("drugs", DRUGS | frozenset((
        "heroine", "heroin", "heroina", "cocaine", "coke", "kokain", "koks", "crack", "basen", "speed", "amfetamine", "amfetamines", "amphetamine", "amphetamines", "amphetamin",
        "methadon", "methadone", "opiaten", "opiaat", "opiaces", "opiace", "opiate", "opiates", "opioids", "opioiden", "fentanyl", "morfine", "morphine", "spuit",
        "spuiten", "injection", "injecte", "spritzt", "meth",
    )), ("msoc", "mass")),
    "cannabis": Subject("drugs", DRUGS | frozenset((
        "cannabis", "wiet", "weed", "hasj", "hasjiesj", "joint", "joints", "jointje", "jointjes", "blow", "blowt", "blowen", "marihuana", "marijuana", "beuh", "shit", "haschisch",
        "haschich", "hash", "chanvre", "kiffen", "kifft", "kiffer", "gras", "pot", "thc",
    )), ("cannabis",)),
    "cancer": Subject("chronic-illness", frozenset((
        "kanker", "kankerpatient", "borstkanker", "tumor", "chemo", "chemotherapie", "cancer", "cancers", "tumeur", "leucemie", "leukemie", "leukamie", "krebs", "brustkrebs",
        "krebserkrankung", "tumour", "chemotherapy", "leukaemia", "leukemia", "oncologie", "oncology", "onkologie",
    )), ("kankerlijn", "kankerinfo", "cancerinfo", "kanker", "cancer", "cancer7000"), only=True),
    "mutilation": Subject("sexual-violence", frozenset((
        "excision", "excisee", "excisees", "excise", "mutilation", "mutilations", "mutilee", "besnijdenis", "besneden", "verminking", "verminkt", "vgv", "mgf", "beschneidung",
        "beschnitten", "genitalverstummelung", "verstummelung", "fgm", "circumcision",
    )), ("excision", "cemavie"), only=True),
}  # fmt: skip


def subjects_said(words: Collection[str]) -> tuple[str, ...]:
    """Give the subjects of which folded words speak; of drugs without a name, all those that are drugs."""
    return tuple(name for name, subject in SUBJECTS.items() if not subject.said.isdisjoint(words))


def subjects_of(reading: Reading) -> tuple[str, ...]:
    """Give the subjects of which a question speaks, misspelt or not."""
    return subjects_said({word for spellings in reading.spellings for word, _edits in spellings}.union(reading.tokens))


def subjects_of_needs(needs: Sequence[str], lookups: Lookups) -> tuple[str, ...]:
    """Give the subjects of which the names of needs speak: that of drugs speaks of medicines too."""
    return subjects_said({word for label in lookups.labels([("needs", need) for need in needs]) for word in fold(label).split()})


def named_after_another(said: Collection[str], needs: Sequence[str], lookups: Lookups) -> dict[int, str]:
    """Give the resources that are named after a subject of which nobody speaks, each with the need of which that is a part."""
    found: dict[int, str] = {}
    for name in _others(said, needs):
        subject = SUBJECTS[name]
        for resource, words in lookups.name_words(subject.names).items():
            if any(share >= LEAST_OF_A_NAME for _word, share in words):
                found[resource] = subject.need
    return found


def _others(said: Collection[str], needs: Sequence[str]) -> Iterator[str]:
    """Give the subjects that are not spoken of: those for which alone a service is, and those beside which another of their need is said."""
    needs_told = {SUBJECTS[name].need for name in said}
    for name, subject in SUBJECTS.items():
        if name not in said and (subject.only or (subject.need in needs_told and subject.need in needs)):
            yield name
