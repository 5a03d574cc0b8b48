from collections.abc import Sequence
from typing import Any

import pytest

from ht_cli.catalogue.facts.municipalities import read_municipality
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.exchange.reference import Reference
from ht_cli.model import Address, Change, FactCheck, Phone, Resource, Source

SHELTER = Address("Geheimstraat 7", "2000", "Antwerpen", "11002", confidential=True)


def reference_in(language: str, changes: Sequence[Change] = ()) -> Reference:
    with open_catalogue() as connection:
        homes = {nis: home for nis in ("62063", "11002", "21004") if (home := read_municipality(connection, nis))}
        return Reference(language, read_words(connection, language), homes, lambda _resource: changes, "2026.11")


def catalogue() -> list[Resource]:
    with open_catalogue() as connection:
        return read_resources(connection, read_ids(connection, all_statuses=True))


def example(**changed: Any) -> Resource:
    """A resource that says something in every field."""
    full = Resource(
        id="huis-van-steun",
        name="Huis van steun",
        kind="service",
        status="closed",
        successor="realism",
        confidence="high",
        alternate_names=("HVS", "Steun; en troost"),
        descriptions={"fr": "Un lieu d'écoute.", "nl": "Een plek om te praten."},
        audiences=("everyone", "adults"),
        professionals_only=True,
        min_age=18,
        max_age=65,
        needs=("grief", "depression"),
        offers=("listening",),
        channels=("in-person", "phone"),
        languages=("nl", "fr"),
        cost="low-cost",
        referral_needed=False,
        areas=("nis:11002", "province:antwerp"),
        area_note={"nl": "Ook Zwijndrecht"},
        addresses=(Address("Meir 1", "2000", "Antwerpen", "11002"), Address(locality="Liège", nis="62063"), SHELTER),
        phones=(
            Phone("+3232000000", "03 200 00 00", {"fr": "accueil", "nl": "onthaal"}, {"nl": "elke werkdag"}, "Mo-Fr 09:00-17:00"),
            Phone("106"),
        ),
        email="info@example.org",
        url="https://example.org/",
        hours={"fr": "lun-ven 9h-17h", "nl": "Ma-vr 9-17 u"},
        hours_osm="Mo-Fr 09:00-17:00; PH off",
        checked_on="2026-08-10",
        checked_how="phone",
        checked_by="AB",
        fact_checks=(FactCheck("phones", "2026-08-09", "phone", "AB"), FactCheck("url", "2026-07-01", "site")),
        failed_tries=1,
        closed_on="2026-10-01",
        closed_reason="verhuisd",
        changed_on="2026-10-01",
        source_date="2026-08",
        sources=(Source("https://example.org/over", "2026-08"), Source("https://example.org/é")),
        notes="Twee regels\nen een tab\t.",
    )
    return full._replace(**changed)


@pytest.fixture
def reference() -> Reference:
    return reference_in("fr")
