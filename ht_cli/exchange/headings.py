"""Which column a heading means: its name in any case, or what people of the four languages write above such a column."""

import re
import unicodedata
from collections.abc import Sequence

from ht_cli.exchange.addresses import PARTS, POINT
from ht_cli.exchange.columns import LOSSLESS, REVISION, SPOKEN_COLUMNS
from ht_cli.model import LANGUAGES

# Columns that say in one way what others say: they leave with an export or a search, and are never taken.
DERIVED = ("phone", "address", "description", "eligibility", "score", "why", "distance_km", "open", "open_until", "source_date", "national")
# Of these, what others write above the fact itself: taken where no column says that fact, of what is not there yet.
OF_OTHERS = {"phone": "phones", "address": "addresses", "description": "descriptions"}
KNOWN = (*LOSSLESS, *SPOKEN_COLUMNS, REVISION, *PARTS, *POINT)

_HEADINGS = {
    "id": "identifiant, identifier, identificatie, kennung",
    "name": "nom, nom du service, name of service, name of the service, service name, intitulé, naam, dénomination, benaming, bezeichnung,"
    " name des dienstes, naam van de dienst, naam dienst",
    "kind": "genre, sorte, type, catégorie, category, soort, categorie, art, kategorie",
    "status": "statut, état, toestand, zustand",
    "successor": "successeur, opvolger, nachfolger",
    "alternate_names": "autres noms, other names, also called, aussi appelé, andere namen, ook genoemd, weitere namen, auch genannt",
    "audiences": "public, publics, pour qui, audience, for whom, doelgroep, doelgroepen, voor wie, zielgruppe, zielgruppen, für wen",
    "professionals_only": "professionnels seulement, pour professionnels, alleen voor professionals, nur für fachleute, nur für fachkräfte",
    "min_age": "âge minimum, âge min, minimum age, age from, minimumleeftijd, min leeftijd, leeftijd min, leeftijd vanaf, min alter,  mindestalter, alter ab",
    "max_age": "âge maximum, âge max, maximum age, age to, maximumleeftijd, max leeftijd, leeftijd max, leeftijd tot, max alter,  höchstalter, alter bis",
    "needs": "besoin, besoins, need, nood, noden, behoefte, behoeften, bedarf, bedürfnisse",
    "offers": "offre, offres, offer, aanbod, angebot, angebote",
    "channels": "canal, canaux, channel, kanaal, kanalen, kanal, kanäle",
    "languages": "langue, langues, langues parlées, language, languages spoken, gesproken talen, gesprochene sprachen, taal, talen, sprache, sprachen",
    "cost": "coût, coûts, prix, tarifs, tarif, price, kost, kosten, prijs, tarief, preis",
    "referral_needed": "prescription nécessaire, prescription, referral, verwijzing nodig, verwijzing, überweisung nötig, überweisung",
    "areas": "zone, zones, zone desservie, zones desservies, commune desservie, communes desservies, communes, territoire, territoires, area, area served,"
    " areas served, municipalities, gebied, gebieden, werkingsgebied, werkgebied, gemeenten, bediende gemeenten, gebiet, gebiete, einzugsgebiet,"
    " einzugsgebiete, gemeinden, bediente gemeinden",
    "addresses": "adresse, adresses, adresse postale, adres, adressen, anschrift, anschriften",
    "street": "rue, nom de rue, rue et numéro, straat, straatnaam, straat en nummer, straße, strasse, straßenname, straße und hausnummer, street name,"
    " street address, address line 1",
    "house_number": "numéro de maison, numéro de rue, n° de rue, huisnummer, huisnr, hausnummer, hausnr, number of the house, house number",
    "postcode": "code postal, cp, postnummer, postleitzahl, plz, zip, zip code, zipcode, postal code",
    "locality": "localité, ville, commune, plaats, plaatsnaam, woonplaats, stad, gemeente, ort, ortschaft, stadt, gemeinde, city, town, municipality",
    "latitude": "lat, latitude wgs84, breedtegraad, breitengrad",
    "longitude": "lon, lng, long, longitude wgs84, lengtegraad, längengrad",
    "phones": "téléphone, téléphones, tél, tel, n° de téléphone, numéro de téléphone, numéros de téléphone, telephone, telephones, phone number, phone numbers, gsm, numéro, numéros, telefoon, telefoons,"
    " telefoonnummer, telefoonnummers, telefon, telefone, telefonnummer, telefonnummern",
    "email": "e-mail, mail, courriel, adresse e-mail, e-mailadres, e-mail-adresse, mailadresse",
    "url": "site, site web, website, web, webstek, webseite, lien, link",
    "hours_osm": "opening_hours",
    "closed_on": "fermé le, gesloten op, geschlossen am",
    "closed_reason": "raison de la fermeture, reason of closing, reden van sluiting, grund der schließung",
    "checked_on": "vérifié le, nagekeken op, geprüft am",
    "checked_how": "vérifié comment, hoe nagekeken, wie geprüft",
    "checked_by": "vérifié par, nagekeken door, geprüft von",
    "changed_on": "modifié le, gewijzigd op, geändert am",
    "source_date": "date de la source, datum van de bron, datum der quelle",
    "confidence": "fiabilité, confiance, betrouwbaarheid, zuverlässigkeit",
    "sources": "source, bron, bronnen, quelle, quellen",
    "notes": "note, remarque, remarques, opmerking, opmerkingen, nota, notities, bemerkung, bemerkungen, anmerkungen, notizen",
}
# A text with a version in each language: its heading says in which it is, by its own language or by a code after it.
_SPOKEN_HEADINGS = {
    "description": {"fr": "", "nl": "beschrijving, omschrijving", "de": "beschreibung", "en": ""},
    "hours": {"fr": "heures, horaire, horaires, heures d'ouverture", "nl": "uren, openingsuren", "de": "zeiten, öffnungszeiten", "en": ""},
    "area_note": {"fr": "remarque sur la zone", "nl": "opmerking over het gebied", "de": "anmerkung zum gebiet", "en": "note on the area"},
}


def columns_meant(headings: Sequence[str]) -> list[str]:
    """Give the column that each heading means; nothing for an empty one, and the heading itself where it means none."""
    meant = {_folded(column): column for column in (*DERIVED, *KNOWN)} | {_folded("Unnamed: 0"): ""}  # what pandas calls its index
    for column, written in _HEADINGS.items():
        meant = dict.fromkeys(map(_folded, written.split(", ")), column) | meant
    for column, by_language in _SPOKEN_HEADINGS.items():
        for language, written in by_language.items():
            for word in filter(None, written.split(", ")):
                versions = {f"{_folded(word)}_{code}": f"{column}_{code}" for code in LANGUAGES}
                meant = {_folded(word): f"{column}_{language}"} | versions | meant
    return [meant.get(_folded(heading), heading.strip()) for heading in headings]


def of_others(columns: Sequence[str]) -> dict[str, str]:
    """Give, of the columns that only show what others say, those beside which no column says that fact, each with its field."""
    said = {field for field, column in SPOKEN_COLUMNS.items() if {column + f"_{code}" for code in LANGUAGES}.intersection(columns)}
    return {column: field for column, field in OF_OTHERS.items() if column in columns and field not in said.union(columns)}


def near(heading: str) -> list[str]:
    """Give the headings that are written nearly as one that means none."""
    from difflib import get_close_matches  # wanted only where a heading is unknown

    spoken = (word for by_language in _SPOKEN_HEADINGS.values() for written in by_language.values() for word in written.split(", "))
    words = [*KNOWN, *(word for written in _HEADINGS.values() for word in written.split(", ")), *filter(None, spoken)]
    folded = {_folded(word): word for word in reversed(words)}
    return [folded[word] for word in get_close_matches(_folded(heading), folded, 3, 0.7)]


def same_field(columns: Sequence[str]) -> list[int]:
    """Give the places of columns that say one field twice, those of the first such field; nothing where each says its own."""
    plain = {f"{column}_{code}": field for field, column in SPOKEN_COLUMNS.items() for code in LANGUAGES if field in columns}
    places: dict[str, list[int]] = {}
    for place, column in enumerate(columns):
        if column:
            places.setdefault(plain.get(column, column), []).append(place)
    return next((found for found in places.values() if len(found) > 1), [])


def _folded(heading: str) -> str:
    parts = unicodedata.normalize("NFD", heading.casefold())
    plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub(r"\W+|_+", "_", plain).strip("_")
