"""Commands, options and topics as people of the four languages type them: `ht carte`, `--stad`, `ht terms besoins`. Loaded only where one is met."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence

NEAR_OPTION, FARTHER = 70, 10  # of 100: how near is what may have been meant, and how much less near than the nearest
MOST_NEAR = 3
_OPTIONS = {
    "--postcode": "code-postal plz postleitzahl postnummer",
    "--city": "ville commune lieu localite code-postal stad gemeente plaats postcode postnummer ort gemeinde stadt plz postleitzahl town place",
    "--need": "besoin besoins probleme sujet nood noden behoefte probleem onderwerp bedarf bedurfnis problem thema theme topic",
    "--audience": "public pour doelgroep publiek voor zielgruppe publikum fur for",
    "--offer": "offre offres aanbod angebot",
    "--kind": "genre sorte type soort art",
    "--age": "leeftijd alter",
    "--language": "langue langues taal talen sprache sprachen lang",
    "--locale": "langue taal sprache lang language",
    "--channel": "canal kanaal kanal",
    "--online": "en-ligne internet",
    "--free": "gratuit gratis kosteloos kostenlos",
    "--without-referral": "sans-prescription sans-ordonnance zonder-verwijzing zonder-voorschrift ohne-uberweisung",
    "--near": "proche pres pres-de rayon nabij dichtbij straal nahe umkreis radius km",
    "--open-now": "ouvert ouvert-maintenant maintenant nu-open open-nu nu open geopend jetzt-offen offen-jetzt jetzt offen geoffnet now",
    "--open-at": "ouvert-a ouvert-le open-om open-op offen-um offen-am",
    "--limit": "limite maximum max nombre limiet aantal anzahl grenze",
    "--explain": "expliquer explique uitleg erklaren",
    "--private": "prive privat",
    "--since": "depuis sinds seit",
    "--until": "jusque tot bis",
    "--output": "sortie fichier uitvoer bestand ausgabe datei file",
    "--fields": "champs velden felder",
    "--field": "champ veld feld",
    "--format": "formaat",
    "--list": "liste lijst",
    "--all": "tout tous alles alle",
    "--yes": "oui ja",
    "--exact": "exacte genau exakt",
    "--youth": "jeunes jeugd jugend",
    "--adult": "adultes volwassenen erwachsene",
    "--name": "nom naam",
    "--phone": "telephone tel telefoon telefon",
    "--email": "courriel mail e-mail",
    "--url": "site website webseite",
    "--street": "rue straat strasse",
    "--cost": "cout prix kost kosten prijs preis",
    "--hours": "heures horaires uren openingsuren zeiten offnungszeiten",
    "--source": "bron quelle",
    "--reason": "raison reden grund",
    "--help": "aide hulp hilfe",
}  # of several that have a word in common, the first that the command has
_WAYS = {
    "phone": "telephone telefoon telefon telefonisch telephoniquement tel gsm appel oproep bellen anruf call",
    "mail": "e-mail courriel mel post",
    "site": "website webseite site-web webstek web internet",
    "visit": "visite bezoek besuch sur-place ter-plaatse vor-ort",
}  # how a person checks
_COMMANDS = {  # none that may be a cry for help, "nood"; but "aide" alone is answered with both: whom to call, and how ht is used
    "find": "trouve trouver trouvez cherche chercher cherchez recherche rechercher zoek zoeken zoekt vinden suche suchen finden search",
    "urgent": "urgence urgences noodgeval noodgevallen spoed dringend notfall notfalle",
    "map": "carte cartes plan kaart karte landkarte",
    "networks": "reseau reseaux netwerk netwerken netzwerk netzwerke",
    "show": "montre montrer affiche afficher toon tonen zeige zeigen",
    "sheet": "fiche blad blatt",
    "open": "ouvre ouvrir openen offne offnen",
    "guide": "gids leitfaden ratgeber wegweiser wegwijzer",
    "terms": "termes termen begriffe",
    "help": "aide hulp hilfe",
}
_TOPICS = {
    "needs": "need besoin besoins probleme problemes sujet sujets theme themes nood noden behoefte behoeften probleem problemen onderwerp onderwerpen"
    " bedarf bedurfnis bedurfnisse problem thema themen",
    "offers": "offer offre offres aanbod angebot angebote",
    "audiences": "audience public publics publiek doelgroep doelgroepen zielgruppe zielgruppen publikum",
    "kinds": "kind genre genres sorte sortes type types soort soorten art arten",
    "channels": "channel canal canaux kanaal kanalen kanal kanale",
    "languages": "language langue langues taal talen sprache sprachen",
    "costs": "cost cout couts prix kost kosten prijs prijzen preis preise",
    "cities": "city town towns place places ville villes commune communes lieu lieux localite localites stad steden gemeente gemeenten plaats plaatsen"
    " stadt stadte gemeinde gemeinden ort orte",
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
        meanings = _meanings(name[2:], _OPTIONS) if name.startswith("--") and name not in known else []
        meant = next((meaning for meaning in meanings if meaning in known), "")
        if not meant and town_is_word and "--city" in meanings:
            read += [value] if mark else []
        else:
            read.append(meant + mark + value if meant else argument)
    return read


def ways_meant(arguments: Sequence[str]) -> list[str]:
    """Give arguments in which the way of a check, behind --how, is named as the command names it; what means none stays as it is."""
    read: list[str] = []
    for argument in arguments:
        name, mark, value = argument.partition("=")
        if "--" not in read and read[-1:] == ["--how"]:
            read.append(next(iter(_meanings(argument, _WAYS)), argument))
        elif "--" not in read and name == "--how" and mark:
            read.append(f"--how={next(iter(_meanings(value, _WAYS)), value)}")
        else:
            read.append(argument)
    return read


def command_meant(word: str) -> str:
    """Give the command that a word of one of the four languages names; nothing where it names none."""
    return next(iter(_meanings(word, _COMMANDS)), "")


def topic_meant(word: str) -> str:
    """Give the topic of `ht terms` that a word means; the word itself where it means none."""
    return word if word in _TOPICS else next(iter(_meanings(word, _TOPICS)), word)


def options_beginning(typed: str, known: Collection[str]) -> list[tuple[str, str]]:
    """Give the options of a command as people of another language begin to type them, one name for each, with the name that it has."""
    return [(f"--{word}", meant) for word, meant in _beginning(typed.removeprefix("--"), _OPTIONS) if meant in known]


def options_near(typed: str, known: Collection[str]) -> list[str]:
    """Give what may have been meant by an option with a slip in it, the nearest first: options of a command, by their names in four languages.

    Of several names of one option the nearest.
    """
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import extract

    names = {name: name for name in known if name.startswith("--")}
    for meant, words in _OPTIONS.items():
        if meant in known:
            names |= {name: meant for word in words.split() if (name := f"--{word}") not in names}
    found = extract(_plain(typed), list(names), scorer=ratio, limit=None, score_cutoff=NEAR_OPTION)
    nearest: dict[str, str] = {}
    for name, score, _position in sorted(found, key=lambda one: (-one[1], one[0] != names[one[0]])):
        if score > found[0][1] - FARTHER:
            nearest.setdefault(names[name], name)
    return list(nearest.values())[:MOST_NEAR]


def topics_beginning(typed: str) -> list[tuple[str, str]]:
    """Give the topics of `ht terms` as people of another language begin to type them, one name for each, with the name that it has."""
    return _beginning(typed, _TOPICS)


def _beginning(typed: str, table: Mapping[str, str]) -> list[tuple[str, str]]:
    begun = {meant: [word for word in words.split() if word.startswith(_plain(typed))] for meant, words in table.items()}
    return [(typed + words[0][len(_plain(typed)) :], meant) for meant, words in begun.items() if words and typed]


def _plain(word: str) -> str:
    parts = unicodedata.normalize("NFD", word.lower())
    return "".join(letter for letter in parts if not unicodedata.combining(letter)).replace("ß", "ss")


def _meanings(word: str, table: Mapping[str, str]) -> list[str]:
    """Give what a word means, whatever its case, its accents and the marks between its parts; an umlaut may be two letters (ueberweisung)."""
    plain = _plain(word)
    written = {_joined(spelling) for spelling in (plain, plain.replace("ae", "a").replace("oe", "o").replace("ue", "u"))}
    return [meant for meant, words in table.items() if written & {_joined(name) for name in (meant, *words.split())}]


def _joined(word: str) -> str:
    return word.replace("-", "").replace("_", "")
