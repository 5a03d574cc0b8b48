import pytest

from ht_cli.catalogue.index.organizations import organizations

TOWNS = {"couvin", "liege", "lierneux", "vlaanderen", "provincedeluxembourg", "ostbelgien"}


def owners(*services: tuple[str, str]) -> list[str]:
    """The organization of each service, from names and sites."""
    found = organizations([(f"s{number}", name, url) for number, (name, url) in enumerate(services)], TOWNS)
    return [found[f"s{number}"][1] if f"s{number}" in found else "" for number in range(len(services))]


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Enaden", "Enaden – consultations", "Autre"], ["Enaden", "Enaden", ""]),
        (["Babel (L'Équipe)", "La Pièce (L'Équipe, Liège)"], ["L'Équipe", "L'Équipe"]),
        (["Enaden – jour", "Enaden – nuit"], ["Enaden", "Enaden"]),
        (["Café – Ans", "Café – Forest"], ["", ""]),
        (["Jardin (Couvin)", "Club (Couvin)"], ["", ""]),
        (["Jardin (Ans)", "Jardin (Forest)"], ["", ""]),
        (["A (planning familial)", "B (planning familial)"], ["", ""]),
        (["Le Lien (SSM)", "Le Pont (SSM)"], ["", ""]),
        (["TEJO", "TEJO Gent"], ["", ""]),
    ],
    ids=str,
)
def test_an_organization_is_what_several_names_on_one_site_say(names: list[str], expected: list[str]) -> None:
    assert owners(*((name, "https://www.enaden.be/x") for name in names)) == expected


def test_the_same_name_on_another_site_is_another_organization() -> None:
    assert owners(("Enaden", "https://a.be"), ("X (Enaden)", "https://b.be"), ("Y", "http://[")) == ["", "", ""]


def test_its_site_is_that_of_the_service_with_its_name_else_the_shortest() -> None:
    found = organizations([("a", "Enaden", "https://enaden.be/home"), ("b", "X (Enaden)", "https://enaden.be")], TOWNS)
    assert found["a"] == found["b"] == ("organization/enaden.be/enaden", "Enaden", "https://enaden.be/home")


LAMA = (("ARTHA (Projet Lama)", "https://projetlama.be"), ("Projet Lama", "https://projetlama.be/"))


@pytest.mark.parametrize(
    ("service", "joined"),
    [
        (("COVER – équipe mobile (Projet Lama)", "https://cover.brussels"), "Projet Lama"),
        (("COVER (Projet Lama, Couvin)", "https://cover.brussels"), "Projet Lama"),
        (("Projet Lama – jour", ""), "Projet Lama"),
        (("Projet Lama – jour", "https://cover.brussels"), ""),
        (("Cours (Projet Lama, Autre, Encore)", "https://autre.be"), ""),
        (("COVER (CAW)", ""), ""),
    ],
    ids=str,
)
def test_a_service_elsewhere_is_joined_where_its_name_says_an_organization_that_is_there(service: tuple[str, str], joined: str) -> None:
    assert owners(*LAMA, service) == ["Projet Lama", "Projet Lama", joined]


def test_a_service_without_a_site_belongs_to_the_resource_that_its_name_says() -> None:
    assert owners(("Het PAKT", "http://www.pakt.be"), ("Het PAKT – team", ""), ("Autre", "")) == ["Het PAKT", "Het PAKT", ""]
    assert owners(("Solentra", "https://solentra.be"), ("We Mind (Solentra, Orbit)", "")) == ["", ""]
    assert owners(("Phare", "https://a.be"), ("Phare", "https://b.be"), ("X (Phare)", "")) == ["", "", ""]


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([("CHS (ISoSL, Lierneux)", ""), ("Fil-à-Fil (ISoSL, Liège)", "https://perinatal.be"), ("Ka-Dence (ISoSL, L’Accueil)", "")], ["ISoSL"] * 3),
        ([("SSM Arlon (Province de Luxembourg)", ""), ("SSM Marche (Province de Luxembourg)", "")], ["Province de Luxembourg"] * 2),
        ([("Temps d'M (province de Luxembourg)", ""), ("Cellule (province de Luxembourg)", "")], ["", ""]),
        ([("Wei-Ji (équipe mobile, Archipel BW)", ""), ("Archipel BW – trouver", "https://archipelbw.be")], ["Archipel BW"] * 2),
        ([("BTZ 1 (Ostbelgien)", ""), ("BTZ 2 (Ostbelgien)", "")], ["", ""]),
        ([("Zorgcentrum Seksueel Geweld Gent (ZSG)", ""), ("Zorgcentrum Seksueel Geweld Genk (ZSG)", "")], ["", ""]),
        ([("A (Orbit, Solentra)", ""), ("B (Orbit, Solentra)", "")], ["", ""]),
        ([("X (CAW)", ""), ("Y (CAW)", "")], ["", ""]),
    ],
    ids=str,
)  # fmt: skip
def test_an_organization_that_no_resource_is_is_what_several_brackets_say(services: list[tuple[str, str]], expected: list[str]) -> None:
    assert owners(*services) == expected


def test_a_name_that_many_houses_share_is_the_one_resource_that_bears_it_alone() -> None:
    babble = [("Warme Babbel (Similes)", "https://warmebabbel.be"), ("Praatcafé Hasselt (Similes)", "https://warmebabbel.be")]
    flanders, brussels = ("Similes (Vlaanderen)", "https://nl.similes.be"), ("Similes Bruxelles", "https://similes.brussels")
    assert owners(*babble, flanders, brussels) == ["Similes", "Similes", "Similes", ""]
    assert owners(*babble, brussels) == ["", "", ""]
    found = organizations([("a", *babble[0]), ("b", *babble[1]), ("similes-vlaanderen", *flanders)], TOWNS)
    assert found["a"] == ("organization/similes-vlaanderen", "Similes", "https://nl.similes.be")


def test_a_series_by_town_belongs_to_whoever_runs_the_whole_of_it() -> None:
    site = "https://alzheimer.be"
    run = [("Alzheimer Café – Ans", site), ("Alzheimer Café – Liège", site)]
    whole = [("Alzheimer Cafés (Ligue Alzheimer)", site), ("Battants (Ligue Alzheimer)", site)]
    assert owners(*run, *whole) == ["Ligue Alzheimer"] * 4
    assert owners(*run, ("Alzheimer Café – Gent", "https://elsewhere.be"), *whole)[2] == ""
    assert owners(*run) == ["", ""]


def test_a_series_on_one_site_that_is_no_series_by_town_is_one_organization() -> None:
    site = "https://monplanningfamilial.be"
    assert (
        owners(("Aimer à l'ULB – Erasme (planning familial)", site), ("Aimer à l'ULB – Solbosch (planning familial)", site))
        == ["Aimer à l'ULB"] * 2
    )
