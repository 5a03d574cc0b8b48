from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ht_cli.errors import UsageError
from ht_cli.exchange.sheet.sms import GSM_BASIC, GSM_EXTENDED, MOST_PARTS, count_parts, make_message, plainer
from ht_cli.model import LANGUAGES, Address, Phone, Resource
from tests.exchange.sheet.conftest import MakePage

Changed = Callable[..., Resource]


def test_the_alphabet_has_the_127_characters_of_the_standard_beside_the_escape() -> None:
    assert len(GSM_BASIC) == 127
    assert len(GSM_EXTENDED) == 10
    assert "Ç" in GSM_BASIC
    assert not {"ç", "ê", "`", "€"} & GSM_BASIC


@pytest.mark.parametrize(
    ("text", "alphabet", "parts", "used"),
    [
        ("a" * 160, "GSM-7", 1, 160),
        ("a" * 161, "GSM-7", 2, 161),
        ("a" * 306, "GSM-7", 2, 306),
        ("a" * 307, "GSM-7", 3, 307),
        ("€" * 80, "GSM-7", 1, 160),
        ("€" * 81, "GSM-7", 2, 162),
        # 152 septets and then two: the sign must not be split, so the first part stays one septet short
        ("a" * 152 + "€" + "a" * 152, "GSM-7", 3, 306),
        ("ê" * 70, "UCS-2", 1, 70),
        ("ê" * 71, "UCS-2", 2, 71),
        ("ê" * 134, "UCS-2", 2, 134),
        ("😀" * 35, "UCS-2", 1, 70),
        # 67 units hold 33 pairs: two parts hold 66, and one more needs a third
        ("😀" * 66, "UCS-2", 2, 132),
        ("😀" * 67, "UCS-2", 3, 134),
    ],
)
def test_parts_are_counted_as_the_network_counts(text: str, alphabet: str, parts: int, used: int) -> None:
    message = count_parts(text)
    assert (message.alphabet, len(message.parts), message.used) == (alphabet, parts, used)


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=500))
def test_the_parts_are_the_text_and_none_is_too_long(text: str) -> None:
    message = count_parts(text)
    assert "".join(message.parts) == text
    if message.alphabet == "GSM-7":
        lengths = [sum(1 + (character in GSM_EXTENDED) for character in part) for part in message.parts]
        limit = 160 if len(lengths) == 1 else 153
    else:
        lengths = [len(part.encode("utf-16-be")) // 2 for part in message.parts]
        limit = 70 if len(lengths) == 1 else 67
    assert max(lengths) <= limit
    assert sum(lengths) == message.used


def test_letters_that_the_alphabet_lacks_are_written_as_the_nearest() -> None:
    assert plainer("Réseau « Fenêtre » – ça va… l’œil") == 'Réseau " Fenetre " - ca va... l\'oeil'
    assert plainer("Жизнь") == "Жизнь"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_gives_the_number_the_hours_and_112(language: str, make: MakePage) -> None:
    page = make(language, "similes-bruxelles")
    message = make_message(page)
    assert message.alphabet == "GSM-7"
    assert len(message.parts) == 1
    for said in ("Similes Bruxelles", "02 511 06 19", plainer(page.entries[0].hours[0].text), "Rue Maria Malibran 49, 1050 Ixelles", "112"):
        assert said in message.text


def test_a_long_name_is_cut_before_any_number_or_hours(make: MakePage, changed: Changed) -> None:
    phones = (Phone("+3243421212", "04 342 12 12", hours_osm="Mo-We,Fr 19:00-21:30; Th 14:00-17:00,19:00-21:30"),)
    long = [changed("realism", id=f"r{number}", name="Maison de la santé mentale " * 40, phones=phones) for number in range(3)]
    message = make_message(make("fr", *long))
    assert len(message.parts) == MOST_PARTS
    assert message.text.count("04 342 12 12, lundi-mercredi, vendredi 19h-21h30 ; jeudi 14h-17h, 19h-21h30") == 3


def test_hours_that_do_not_fit_are_refused_and_never_cut(make: MakePage, changed: Changed) -> None:
    endless = changed("realism", phones=(Phone("107", "107", hours={"fr": "Sur rendez-vous, " * 1000}),))
    with pytest.raises(UsageError, match="parties"):
        make_message(make("fr", endless))


def test_a_name_in_another_script_makes_it_ucs_2(make: MakePage, changed: Changed) -> None:
    message = make_message(make("fr", changed("realism", name="Дом", phones=(Phone("107", "107", hours_osm="24/7"),))))
    assert message.alphabet == "UCS-2"
    assert "Дом : 107, jour et nuit, tous les jours" in message.text


def test_without_a_phone_the_site_is_sent_whole_and_without_anything_it_is_refused(make: MakePage, changed: Changed) -> None:
    path = "https://example.be/" + "chemin/" * 15
    assert path.removeprefix("https://").rstrip("/") in make_message(make("fr", changed("realism", url=path))).text
    for addresses in ((), (Address("Rue Secrète 1", "4000", "Liège", "62063", confidential=True),)):
        with pytest.raises(UsageError, match="REALiSM"):
            make_message(make("fr", changed("realism", url="", email="", phones=(), addresses=addresses)))


def test_each_number_of_several_is_sent_with_what_it_is_for(make: MakePage) -> None:
    text = make_message(make("fr", "points-ecoute-jeunes-bruxelles")).text
    for said in ("0483 84 99 95 (Entr'aide des Marolles), mardi 15h-17h", "0472 07 31 31 (Le Méridien), vendredi 10h30-12h30"):
        assert said in text
