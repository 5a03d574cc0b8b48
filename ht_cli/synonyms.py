"""Options and topics as people of the four languages type them: `--ville`, `--stad`, `ht terms besoins`. Loaded only where one is met."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

_OPTIONS = {
    "--city": "ville commune lieu stad gemeente plaats ort gemeinde stadt town place",
    "--need": "besoin probleme nood behoefte probleem bedarf problem thema theme",
    "--audience": "public pour doelgroep voor zielgruppe fur for",
    "--offer": "offre aanbod angebot",
    "--kind": "genre sorte type soort art",
    "--age": "leeftijd alter",
    "--language": "langue taal sprache lang",
    "--channel": "canal kanaal kanal",
    "--online": "en-ligne",
    "--free": "gratuit gratis kostenlos",
    "--without-referral": "sans-prescription zonder-verwijzing ohne-uberweisung",
    "--near": "proche rayon nabij straal nahe umkreis radius km",
    "--open-now": "ouvert ouvert-maintenant nu-open open jetzt-offen offen",
    "--open-at": "ouvert-a open-om offen-um",
    "--limit": "limite maximum max nombre aantal anzahl",
    "--output": "sortie fichier uitvoer bestand ausgabe datei file",
    "--fields": "champs velden felder",
    "--format": "formaat",
    "--all": "tout tous alles alle",
    "--yes": "oui ja",
    "--exact": "exacte genau exakt",
    "--youth": "jeunes jeugd jugend",
    "--adult": "adultes volwassenen erwachsene",
    "--help": "aide hulp hilfe",
}  # of several that have a word in common, the first that the command has
_TOPICS = {
    "needs": "need besoin besoins nood noden behoefte behoeften bedarf bedurfnis bedurfnisse",
    "offers": "offer offre offres aanbod angebot angebote",
    "audiences": "audience public publics doelgroep doelgroepen zielgruppe zielgruppen",
    "kinds": "kind genre genres sorte sortes type types soort soorten art arten",
    "channels": "channel canal canaux kanaal kanalen kanal kanale",
    "languages": "language langue langues taal talen sprache sprachen",
    "costs": "cost cout couts prix kost kosten prijs prijzen preis preise",
    "cities": "city town towns place places ville villes commune communes stad steden gemeente gemeenten stadt stadte gemeinde gemeinden ort orte",
}


def options_meant(arguments: Sequence[str], known: Collection[str], *, town_is_word: bool = False) -> list[str]:
    """Give arguments with each option that the command does not have put as the one that it has; what means nothing stays as it is.

    `town_is_word` says that the command takes its town without an option: of `--city namur` it is given `namur`.
    """
    read: list[str] = []
    for position, argument in enumerate(arguments):
        if argument == "--":
            return [*read, *arguments[position:]]
        name, mark, value = argument.partition("=")
        meant = _meant(name[2:], _OPTIONS) if name.startswith("--") and name not in known else ""
        if meant == "--city" and town_is_word:
            read += [value] if mark else []
        else:
            read.append(meant + mark + value if meant in known else argument)
    return read


def topic_meant(word: str) -> str:
    """Give the topic of `ht terms` that a word means; the word itself where it means none."""
    return word if word in _TOPICS else _meant(word, _TOPICS) or word


def _meant(word: str, table: Mapping[str, str]) -> str:
    parts = unicodedata.normalize("NFD", word.lower())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return next((meant for meant, words in table.items() if plain in (meant.lstrip("-"), *words.split())), "")
