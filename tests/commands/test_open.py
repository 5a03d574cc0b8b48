"""Who answers: searches by the hour, the order of `ht urgent`, and what must not depend on the clock."""

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from ht_cli import clock, locale
from ht_cli.catalogue.facts.opening import open_catalogue
from ht_cli.catalogue.facts.reading import read_ids, read_resources
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.vocabulary import read_words
from ht_cli.clock import BRUSSELS
from ht_cli.hours import OPEN, openings_now
from ht_cli.model import Address, Phone, Resource
from ht_cli.output.records import card
from ht_cli.search.danger import lines_beside
from ht_cli.search.reading import read_question
from tests.conftest import Outcome

Run = Callable[..., Outcome]
Freeze = Callable[[str], None]
OFFICE_HOURS, NIGHT, CHRISTMAS = "2026-11-25 10:30", "2026-11-25 23:30", "2026-12-25 11:00"


@pytest.fixture
def freeze(monkeypatch: pytest.MonkeyPatch) -> Freeze:
    """Hold the clock at a time in Belgium."""

    def at(text: str) -> None:
        monkeypatch.setattr(clock, "now", lambda: datetime.fromisoformat(text).replace(tzinfo=BRUSSELS))

    return at


def found(outcome: Outcome) -> list[dict[str, Any]]:
    resources: list[dict[str, Any]] = json.loads(outcome.out)
    return resources


def test_open_now_gives_what_is_open_then_what_is_unknown_and_never_what_is_closed(ht: Run, freeze: Freeze) -> None:
    freeze(NIGHT)
    answers = found(ht("find", "drogues", "bruxelles", "--open-now", "--limit", "100", "--json"))
    states = [answer["open"] for answer in answers]
    assert states == sorted(states)
    assert set(states) == {"open", "unknown"}
    ids = [answer["id"] for answer in answers]
    assert "transit-bruxelles" in ids[: states.index("unknown")]
    assert "druglijn" not in ids


@pytest.mark.parametrize(
    ("language", "nobody"),
    [("fr", "Personne, à notre connaissance, ne répond maintenant."), ("nl", "Voor zover bekend is nu niemand bereikbaar.")],
)
def test_where_nobody_is_known_to_answer_that_is_said_instead_of_a_heading_over_nothing(
    ht: Run, freeze: Freeze, language: str, nobody: str
) -> None:
    freeze(NIGHT)
    asked = ("find", "cocaine", "--city", "verviers", "--near", "10", "--locale", language, "--format", "table")
    assert nobody in ht(*asked, "--open-now").err
    assert nobody not in ht("find", "alcool", "--city", "verviers", "--locale", language, "--format", "table", "--open-now").err
    freeze(OFFICE_HOURS)
    assert "niemand bereikbaar op" in ht(*asked[:-4], "--locale", "nl", "--open-at", "zondag 3:00", "--format", "table").err


def test_those_left_out_are_counted(ht: Run, freeze: Freeze) -> None:
    freeze(NIGHT)
    every = found(ht("find", "drogues", "bruxelles", "--limit", "1000", "--json"))
    outcome = ht("find", "drogues", "bruxelles", "--open-now", "--limit", "1000", "--json")
    left = len(found(outcome))
    assert f"{len(every) - left} more are closed now." in outcome.err
    assert f"The hours of {sum(a['open'] == 'unknown' for a in found(outcome))} of these are unknown" in outcome.err


def test_the_limit_holds_after_the_hours(ht: Run, freeze: Freeze) -> None:
    freeze(NIGHT)
    first = found(ht("find", "drogues", "bruxelles", "--open-now", "--limit", "3", "--json"))
    more = found(ht("find", "drogues", "bruxelles", "--open-now", "--limit", "8", "--json"))
    assert len(first) == 3
    assert more[:3] == first


@pytest.mark.parametrize("text", ["sat 21:00", "samedi 21h", "zaterdag 21:00", "Samstag 21 Uhr"])
def test_open_at_asks_about_another_time(ht: Run, freeze: Freeze, text: str) -> None:
    freeze(OFFICE_HOURS)
    outcome = ht("find", "listening", "--kind", "helpline", "--open-at", text, "--limit", "50", "--json")
    by_id = {answer["id"]: answer for answer in found(outcome)}
    assert by_id["ecoute-enfants-103"]["open_until"] == "2026-11-29T00:00+01:00"
    assert (by_id["tele-accueil-107"]["open"], by_id["tele-accueil-107"]["open_until"]) == ("open", None)
    assert "tabacstop" not in by_id
    assert "Saturday 28 November 2026, 21:00" in outcome.err
    assert "closed then" in outcome.err


def test_the_same_object_is_given_when_no_hour_was_asked_about(ht: Run) -> None:
    (first, *_rest) = found(ht("find", "tele-accueil", "--json"))
    assert (first["open"], first["open_until"]) == (None, None)


def test_csv_holds_the_two_columns(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    (first, *_rest) = csv.DictReader(io.StringIO(ht("find", "tabac", "--open-at", "2026-11-25 16:00", "--csv").out))
    assert (first["id"], first["open"], first["open_until"]) == ("tabacstop", "open", "2026-11-25T19:00+01:00")


@pytest.mark.parametrize("option", [("--open-at", "soon"), ("--open-at", "21:00", "--open-now"), ("--open-at", "")])
def test_a_text_that_is_no_moment_is_wrong_usage(ht: Run, option: tuple[str, ...]) -> None:
    outcome = ht("find", "deuil", *option)
    assert outcome.exit_code == 2
    assert len(outcome.err.splitlines()) == 1


@pytest.mark.parametrize("form", ["table", "records"])
def test_unknown_hours_stand_under_their_own_heading(ht: Run, freeze: Freeze, form: str) -> None:
    freeze(NIGHT)
    outcome = ht("find", "drogues", "bruxelles", "--open-now", "--limit", "100", "--format", form)
    open_part, _heading, unknown_part = outcome.out.partition("Hours unknown, ask first:")
    assert "answers day and night" in open_part
    assert unknown_part.strip()
    assert "answers day and night" not in unknown_part.replace("\n", " ")
    assert "hours unknown" not in open_part


def test_that_hours_are_unknown_is_said_once_in_a_table(ht: Run, freeze: Freeze) -> None:
    freeze(NIGHT)
    for limit in ("100", "30", "1"):
        outcome = ht("find", "drogues", "bruxelles", "--open-now", "--limit", limit, "--format", "table")
        said = outcome.out + outcome.err
        assert len(re.findall("hours unknown|not known|are unknown|is unknown", said, re.IGNORECASE)) == (limit != "1")
    alone = ht("find", "--city", "namur", "--open-now", "--limit", "1", "--need", "burnout", "--kind", "service", "--format", "table")
    assert alone.out.startswith("Hours unknown, ask first:\n")
    assert "hours unknown" not in alone.out


def test_the_ladder_of_nothing_found_counts_what_is_closed(ht: Run, freeze: Freeze) -> None:
    freeze(NIGHT)
    outcome = ht("find", "--need", "tobacco", "--kind", "helpline", "--channel", "phone", "--open-now")
    assert outcome.exit_code == 1
    assert "whether they answer at that time or not: 1" in outcome.err
    assert "without the need: " in outcome.err


def test_near_and_the_hour_go_together(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    answers = found(ht("find", "drogues", "ixelles", "--near", "5", "--open-now", "--limit", "100", "--json"))
    assert answers
    assert all(answer["distance_km"] <= 5 and answer["open"] in ("open", "unknown") for answer in answers)


def test_on_christmas_day_only_what_says_so_is_open(ht: Run, freeze: Freeze) -> None:
    freeze(CHRISTMAS)
    answers = {answer["id"]: answer["open"] for answer in found(ht("find", "--kind", "helpline", "--open-now", "--limit", "300", "--json"))}
    assert answers["ecoute-enfants-103"] == "open"
    assert answers["hulplijn-1712"] == "unknown"
    assert "lea-ligne-ecoute-autisme" not in answers


def test_show_says_of_each_number_whether_it_answers_with_the_words_beside_it(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    card = " ".join(ht("show", "modus-vivendi", "--format", "records").out.split())
    assert "02 315 78 80 (Le Pilier) · opens today 14:00 · Mon, Wed, Fri 14:00-18:00 (drug checking Tue 15:00-17:30)" in card
    assert "02 644 22 00 (head office and Modus Fiesta) · opens today 16:00 · Mon, Wed 16:00-20:00 and Fri 18:00-22:00" in card
    assert "answers now until 17:00" in ht("show", "independants-en-detresse", "--format", "records").out


def test_show_says_that_unknown_hours_must_be_asked(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    assert "ask whether it answers now" in ht("show", "alzheimer-cafes", "--format", "records").out.replace("\n  ", " ")
    assert "Hours: unknown, ask" in ht("show", "realism", "--format", "records").out


def test_a_plain_search_keeps_the_words_and_a_search_by_the_hour_says_what_they_mean(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    assert "Hours: Monday–Friday 10:00–20:00" in ht("find", "druglijn", "--format", "records", "--limit", "1").out
    assert (
        "Hours: answers now until 20:00 (Monday–Friday 10:00–20:00)"
        in ht("find", "druglijn", "--open-now", "--format", "records", "--limit", "1").out
    )


def order_of(outcome: Outcome) -> list[str]:
    """The numbers in the order in which they are shown."""
    return [line.strip().split("  ")[0].split(" (")[0] for line in outcome.out.splitlines()[1:]]


def test_urgent_puts_112_first_then_who_answers_and_keeps_pairs_together(ht: Run, freeze: Freeze) -> None:
    freeze("2026-11-26 00:30")
    order = order_of(ht("urgent", "--format", "records"))
    assert order[0] == "112"
    for one, other in (("107", "106"), ("0800 32 123", "1813")):
        assert abs(order.index(one) - order.index(other)) == 1
    assert max(map(order.index, ("107", "106", "1813", "108"))) < min(
        map(order.index, ("103", "102", "1712", "0800 30 030", "0800 98 100"))
    )


@pytest.mark.parametrize("place", [(), ("eupen",), ("namur",), ("gent",), ("bruxelles",)])
@pytest.mark.parametrize("at", ["2026-11-25 07:30", "2026-11-25 12:00", "2026-11-25 18:30", "2026-11-28 23:00"])
def test_nobody_who_is_closed_stands_above_who_answers_and_who_opens_first_comes_first(
    ht: Run, freeze: Freeze, place: tuple[str, ...], at: str
) -> None:
    freeze(at)
    said = ht("urgent", *place, "--format", "records").out.splitlines()[1:]
    states = [2 if " opens " in line or " closed " in line else 1 if "unknown" in line or "ask" in line else 0 for line in said]
    assert {0, 2} <= {*states} or at.endswith("12:00")
    assert states == sorted(states), said
    same_day = [int(hour[1]) for line in said if (hour := re.search(r" opens today (\d+):", line))]
    assert same_day == sorted(same_day), said


def test_the_lines_before_a_search_say_whether_they_answer(ht: Run, freeze: Freeze) -> None:
    freeze("2026-11-28 12:00")
    said = ht("find", "hij", "slaat", "mij", "--format", "records").err
    assert "112  " in said
    assert "1712  Hulplijn 1712 (nl, Monday–Friday 9:00–18:00) · opens Monday 9:00" in said
    assert "answers day and night" in said
    assert said.index("106  ") < said.index("1712  ")  # what is closed now comes last


@pytest.mark.parametrize(
    "command",
    [
        ("find", "drogues", "bruxelles", "--json"),
        ("find", "drogues", "bruxelles"),
        ("show", "hulplijn-1712", "ecoute-enfants-103", "--json"),
        ("urgent", "--json"),
        ("urgent", "--csv"),
        ("networks", "namur", "--json"),
        ("export", "--format", "jsonl"),
    ],
)
def test_what_a_machine_reads_is_the_same_at_every_hour(ht: Run, freeze: Freeze, command: tuple[str, ...]) -> None:
    printed = set()
    for text in (OFFICE_HOURS, NIGHT, CHRISTMAS):
        freeze(text)
        printed.add(ht(*command).out)
    assert len(printed) == 1


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("fr", "ouvre demain à 9h"), ("nl", "opent morgen om 9 uur"), ("de", "öffnet morgen um 9 Uhr"), ("en", "opens tomorrow 9:00")],
)
def test_the_sentences_are_in_the_readers_language(ht: Run, freeze: Freeze, language: str, sentence: str) -> None:
    freeze(NIGHT)
    assert sentence in ht("show", "hulplijn-1712", "--format", "records", HT_LANG=language).out


LISTENERS = {"fr": "107", "nl": "106", "de": "108", "en": "02 616 26 26"}


@pytest.mark.parametrize("at", [OFFICE_HOURS, "2026-11-26 00:20", "2026-12-25 00:20"])
@pytest.mark.parametrize("question", ["pizza", "zzz", "help me", "aide", "carte", "chat", "angst als kind in mol"])
@pytest.mark.parametrize("language", [*LISTENERS])
def test_a_quiet_word_names_first_who_listens_day_and_night_and_nobody_who_may_be_closed(
    language: str, question: str, at: str, ht: Run, freeze: Freeze, lexicon: Lexicon
) -> None:
    freeze(at)
    locale.activate([], {"HT_LANG": language})
    query = read_question(question, lexicon)
    beside = lines_beside(query, lexicon, locale.languages())
    assert all(openings.phones[0].state == OPEN for openings in openings_now(beside))
    if query.danger.level == "quiet" and not (query.spoken or query.places):  # else theirs are called
        assert beside[0].phones[0].national == LISTENERS[language]


def test_the_line_of_a_guessed_danger_is_named_while_it_answers_and_not_after(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    assert "107 (Télé-Accueil 107) " in ht("find", "pizza", "--format", "records", HT_LANG="fr").err
    assert "0800 30 030" in ht("find", "pizza", "--format", "records", HT_LANG="fr").err
    freeze("2026-11-26 00:20")
    assert "0800 30 030" not in ht("find", "pizza", "--format", "records", HT_LANG="fr").err


def test_what_a_number_says_of_its_hours_is_not_denied_below(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    shown = ht("show", "cvfe-liege", "--format", "records").out
    assert "answers day and night" in shown.replace("\n  ", " ")
    assert "Hours:" not in shown
    shown = " ".join(ht("show", "awel-102", "--format", "records").out.split())
    assert "opens today 14:00" in shown
    assert "ask whether" not in shown


def test_hours_that_each_number_says_are_said_once_where_one_can_only_call(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    with open_catalogue() as connection:
        resources, words = read_resources(connection, read_ids(connection)), read_words(connection, "en")
    same = {"hours": {"en": "Mon-Fri 9-17"}}
    line = Resource("line", "A line", "helpline", phones=(Phone("107", **same), Phone("108", **same)), **same)  # type: ignore[arg-type]
    assert "".join(card(line, words)).count("Mon-Fri 9-17") == 2
    assert "Hours: Mon-Fri 9-17" in "".join(card(line._replace(addresses=(Address("Rue de la Paix 1", "5000", "Namur", "92094"),)), words))
    assert "Hours: Mon-Fri 9-17" in "".join(card(line._replace(phones=(*line.phones, Phone("109"))), words))
    for resource, openings in zip(resources, openings_now(resources), strict=True):
        if resource.dialled and not resource.addresses:
            said = [line.partition(": ")[2].strip() for line in card(resource, words, openings) if line.startswith("Hours:")]
            numbers = [line.rpartition(" · ")[2].strip() for line in card(resource, words, openings) if line.startswith("Phone:")]
            assert not said or {*said} != {*numbers}, resource.id


def test_no_card_says_both_that_somebody_answers_or_opens_and_that_it_is_to_be_asked(freeze: Freeze) -> None:
    with open_catalogue() as connection:
        resources, words = read_resources(connection, read_ids(connection)), read_words(connection, "en")
    for at in (OFFICE_HOURS, NIGHT):
        freeze(at)
        for resource, openings in zip(resources, openings_now(resources), strict=True):
            own = [o for p, o in zip(resource.phones, openings.phones, strict=True) if p.hours or p.hours_osm]
            if any(opening.state != "unknown" for opening in own):
                fields = [line for line in card(resource, words, openings) if line.startswith("Hours:")]
                assert not any("ask" in line for line in fields), resource.id


def test_a_result_has_one_field_of_hours(ht: Run, freeze: Freeze) -> None:
    freeze(OFFICE_HOURS)
    for question in (("angst", "gent"), ("drogue", "bruxelles"), ("violence", "liege")):
        records = ht("find", *question, "--open-at", "2026-11-25 10:00", "--format", "records").out.split("\n\n")
        assert max(len(re.findall(r"^Hours:", record, re.MULTILINE)) for record in records) == 1
