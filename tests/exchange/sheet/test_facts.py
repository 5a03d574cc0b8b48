from collections.abc import Callable

import pytest

from ht_cli.exchange.sheet.contents import SheetPage, SheetText
from ht_cli.exchange.sheet.facts import first_sentences, shortened
from ht_cli.model import Address, FactCheck, Phone, Resource
from tests.exchange.sheet.conftest import MakePage

Changed = Callable[..., Resource]


def fact(page: SheetPage, label: str) -> str:
    return ", ".join(text.text for text in dict(page.entries[0].facts)[label])


def test_two_sentences_are_kept_and_a_point_in_a_name_ends_none() -> None:
    text = "A house in St. Vith. It is open to all. It has a garden."
    assert first_sentences(text) == "A house in St. Vith. It is open to all."
    assert first_sentences("Des aides, p. ex. Alma. Elle aide. Toujours.") == "Des aides, p. ex. Alma. Elle aide."


def test_a_long_text_is_cut_at_a_word_and_says_so() -> None:
    assert shortened("one two three four", 12) == "one two…"
    assert len(shortened("x" * 10_000, 120)) == 121


def test_a_text_that_exists_in_one_language_only_is_given_and_named(make: MakePage, changed: Changed) -> None:
    only_dutch = changed("realism", descriptions={"nl": "Netwerk. Voor jongeren."})
    assert make("de", only_dutch).entries[0].about == SheetText("Netwerk. Voor jongeren.", "nl")
    assert make("nl", only_dutch).entries[0].about == SheetText("Netwerk. Voor jongeren.")


def test_a_confidential_address_is_nowhere_on_the_sheet(make: MakePage, changed: Changed) -> None:
    secret = Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True)
    page = make("fr", changed("realism", addresses=(secret,)))
    assert "confidentielle" in fact(page, "Où")
    for hidden in ("Secrète", "4000", "62063"):
        assert hidden not in str(page)


def test_without_a_street_the_municipality_is_given(make: MakePage, changed: Changed) -> None:
    page = make("nl", changed("realism", addresses=(Address("", "", "", "62063"),)))
    assert fact(page, "Waar") == "Luik (vraag naar de straat)"


def test_the_first_words_are_in_a_language_that_they_speak_with_their_meaning(make: MakePage) -> None:
    foreign = make("en", "similes-bruxelles").entries[0].phrase
    assert foreign
    assert foreign.said.language == "fr"
    assert foreign.said.text.startswith("Bonjour, on m'a conseillé de vous appeler")
    assert foreign.meaning.startswith("Hello, I was advised to call you")
    own = make("fr", "similes-bruxelles").entries[0].phrase
    assert own
    assert own.said == SheetText(foreign.said.text)
    assert own.meaning == ""


def test_numbers_that_answer_at_other_hours_each_have_theirs(make: MakePage, changed: Changed) -> None:
    phones = (Phone("+3243421212", "04 342 12 12", hours_osm="Mo 09:00-12:00"), Phone("107", "107", hours_osm="24/7"), Phone("106", "106"))
    page = make("en", changed("realism", phones=phones, hours="", hours_osm=""))
    assert [text.text for number in page.entries[0].numbers for text in number.hours] == ["Monday 9:00–12:00", "day and night, every day"]
    assert "When they answer" not in dict(page.entries[0].facts)


def test_hours_are_those_written_in_the_readers_language_else_made_of_the_syntax(make: MakePage, changed: Changed) -> None:
    both = {"fr": "lun-ven 9h-17h, sur rendez-vous", "nl": "ma-vr 9u-17u, op afspraak"}
    page = make("nl", changed("realism", hours=both, hours_osm="Mo-Fr 09:00-17:00"))
    assert fact(page, "Uren") == "ma-vr 9u-17u, op afspraak"
    made = make("nl", changed("realism", hours={}, hours_osm="Mo-Fr 08:00-18:00; PH off"))
    assert fact(made, "Uren") == "maandag–vrijdag 8u–18u; niet op feestdagen"


def test_what_was_written_in_another_language_alone_is_kept_and_marked(make: MakePage, changed: Changed) -> None:
    page = make("nl", changed("realism", hours={"fr": "lun-ven 9h-17h, sur rendez-vous"}, hours_osm="Mo-Fr 09:00-17:00"))
    assert fact(page, "Uren") == "maandag–vrijdag 9u–17u, “lun-ven 9h-17h, sur rendez-vous” (fr)"


def test_unknown_is_said_and_never_taken_for_no(make: MakePage, changed: Changed) -> None:
    page = make("en", changed("realism", cost="unknown", referral_needed=None, languages=(), phones=(Phone("107", "107"),), hours={}))
    for label in ("Cost", "Referral needed", "Languages", "When they answer"):
        assert fact(page, label) == "unknown, ask"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Facts checked by a person: never. Source date: unknown."),
        ({"source_date": "2018"}, "Facts checked by a person: never. Source date: 2018."),
        (
            {"checked_on": "2026-10-02", "checked_how": "phone", "changed_on": "2026-11-01T10:00:00.000Z", "source_date": "2026-08-08"},
            "Facts checked by a person: 2 October 2026, by phone. Changed in this list: 1 November 2026. Source date: 8 August 2026.",
        ),
        (
            {"fact_checks": (FactCheck("phones", "2026-10-03", "phone"),)},
            "Facts checked by a person: not as a whole, but Phone on 3 October 2026. Source date: unknown.",
        ),
    ],
)
def test_three_dates_are_never_mixed(fields: dict[str, object], said: str, make: MakePage, changed: Changed) -> None:
    assert make("en", changed("realism", **fields)).entries[0].dates == said


def test_the_lines_at_the_foot_speak_the_clients_language_112_first(make: MakePage) -> None:
    numbers = {language: [line.national for line in make(language, "realism").lines] for language in ("fr", "nl", "de", "en")}
    assert numbers["fr"] == ["112", "0800 32 123", "107", "103"]
    assert numbers["nl"] == ["112", "1813", "106", "102"]
    assert numbers["de"] == ["112", "108"]
    assert numbers["en"] == ["112", "02 616 26 26"]


def test_a_resource_that_could_not_be_reached_says_so(make: MakePage, changed: Changed) -> None:
    assert make("en", changed("realism", status="unreachable")).entries[0].warning.startswith("They could not be reached")
    assert make("en", changed("realism", url="")).entries[0].warning.startswith("No way to reach them is known")
    assert make("en", "realism").entries[0].warning == ""
