import pytest

from ht_cli.catalogue.index.organizations import organizations

TOWNS = {"couvin", "liege"}


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
