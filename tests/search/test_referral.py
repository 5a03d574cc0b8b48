"""The rules of docs/referral.md, each on resources made for it, and the promises of the whole order on the real catalogue."""

import inspect
import random
import re
import tomllib
from collections.abc import Sequence
from datetime import datetime

import pytest

from ht_cli import clock
from ht_cli.catalogue.index.completions import terms_with_labels
from ht_cli.catalogue.index.lexicon import Lexicon
from ht_cli.catalogue.index.postings import reserved_audiences, reserved_needs
from ht_cli.model import Danger, Moment, Place, Query, Resource
from ht_cli.search.answering import answer
from ht_cli.search.asking import ask
from ht_cli.search.case import case_of, does_harm
from ht_cli.search.filtering import audiences_asked
from ht_cli.search.lookups import DOOR, EMERGENCY, PHONE, WRITING, Cell
from ht_cli.search.narrowing import answering_lines_first
from ht_cli.search.ranking import Asker, asked_needs, networks_of, rank
from ht_cli.search.referral import RULES, Candidate, weigh
from ht_cli.search.wishes import Wishes
from ht_cli.wording import Words
from tests.conftest import ROOT

NAMUR = Place(1, "nis:92094", "Namur", "municipality", "92094", "namur", "wallonia", ("fr",))
BRUSSELS = Place(2, "nis:21004", "Bruxelles", "municipality", "21004", "brussels", "brussels", ("fr", "nl"))
EUPEN = Place(3, "nis:63023", "Eupen", "municipality", "63023", "liege", "wallonia", ("de", "fr"))
PAGE = (ROOT / "docs" / "referral.md").read_text("utf-8")


class Bench:
    """Weighs made-up resources against a question."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._made = 0

    def resource(
        self, *needs: str, kind: str = "service", audiences: Sequence[str] = ("everyone",), languages: Sequence[str] = ("fr",),
        offers: Sequence[str] = (), area: str = "nis:92094", km: float | None = 0.0, reach: int = PHONE, worth: int = 60, rank: int = 20,
        channels: Sequence[str] = (), cost: int = 0,
    ) -> Candidate:  # fmt: skip
        self._made += 1
        made = Resource(f"made-{self._made}", "Made", kind, audiences=tuple(audiences), needs=tuple(needs))
        mask = self._lexicon.mask
        cell = Cell(
            900_000 + self._made, 1, rank, mask("audiences", audiences), mask("offers", offers), mask("languages", languages),
            mask("channels", channels), mask("kinds", (kind,)), cost, -1, 0, 200,
            sum(1 << self._lexicon.need_number(need) for need in reserved_needs(made)), mask("audiences", reserved_audiences(made)), reach,
        )  # fmt: skip
        candidate = Candidate(cell, area)
        candidate.km = km
        candidate.needs = [f"need:{need}" for need in needs[:1]] or ["any"]
        candidate.worth = worth if needs else 30
        return candidate

    def order(self, query: Query, *candidates: Candidate, reader: str = "fr") -> list[int]:
        """Give the candidates' places in the list that was given, best first."""
        case = case_of(query, query.needs, self._lexicon, (reader,))
        for candidate in candidates:
            weigh(candidate, case)
        return sorted(range(len(candidates)), key=lambda place: -candidates[place].points)


@pytest.fixture
def bench(lexicon: Lexicon) -> Bench:
    return Bench(lexicon)


def test_every_rule_stands_on_the_page_and_the_page_has_no_other() -> None:
    assert re.findall(r"^\*\*(\w+)\.\*\*", PAGE, re.MULTILINE) == [rule.__name__ for rule in RULES]
    assert all(inspect.getdoc(rule) for rule in RULES)


def test_what_is_called_by_name_comes_first_however_far(bench: Bench) -> None:
    named = bench.resource("debt", km=120.0, area="")
    named.named = 4
    assert bench.order(Query(needs=("grief",), places=(NAMUR,)), bench.resource("grief"), named) == [1, 0]


def test_what_lists_the_need_comes_before_what_takes_any_and_that_before_what_is_close_to_it(bench: Bench) -> None:
    close = bench.resource("stress", worth=20)
    close.needs = ["related:stress"]
    assert bench.order(Query(needs=("burnout",), places=(NAMUR,)), close, bench.resource(), bench.resource("burnout")) == [2, 1, 0]


def test_a_group_that_names_no_need_does_not_take_any(bench: Bench) -> None:
    assert bench.order(Query(needs=("grief",), places=(NAMUR,)), bench.resource(kind="group"), bench.resource()) == [1, 0]


def test_where_only_a_place_is_said_its_network_comes_first(bench: Bench) -> None:
    network = bench.resource(kind="network-adult", audiences=("adults",), reach=WRITING, km=None)
    network.is_network = True
    assert bench.order(Query(places=(NAMUR,)), bench.resource(), network) == [1, 0]


def test_a_network_that_nobody_can_call_stands_behind_a_number_for_the_need(bench: Bench) -> None:
    silent, answering = (bench.resource(kind="network-adult", audiences=("adults",), reach=reach, km=None) for reach in (WRITING, PHONE))
    silent.is_network = answering.is_network = True
    line = bench.resource("burnout", kind="helpline", area="community:fr", km=None)
    assert bench.order(Query(needs=("burnout",), places=(NAMUR,)), silent, line) == [1, 0]
    assert bench.order(Query(needs=("burnout",), places=(NAMUR,)), answering, line) == [1, 0]  # what lists the need first
    assert bench.order(Query(needs=("burnout",), places=(NAMUR,)), bench.resource(), answering) == [1, 0]


def test_for_a_child_the_network_of_the_young_that_can_be_called_comes_before_a_line(bench: Bench) -> None:
    network = bench.resource(kind="network-youth", audiences=("children", "adolescents"), km=None)
    network.is_network = True
    line = bench.resource("anxiety", kind="helpline", audiences=("children",), area="community:fr", km=None)
    assert bench.order(Query(needs=("anxiety",), places=(NAMUR,), age=9), line, network) == [1, 0]


@pytest.mark.parametrize("others", [("children", "adolescents"), ("students", "young-adults"), ("relatives", "caregivers")])
def test_where_nobody_says_for_whom_an_adult_is_meant(others: Sequence[str], bench: Bench) -> None:
    assert bench.order(Query(needs=("anxiety",), places=(NAMUR,)), bench.resource("anxiety", audiences=others), bench.resource()) == [1, 0]


def test_what_is_listed_for_them_comes_before_what_is_for_all(bench: Bench) -> None:
    query = Query(needs=("anxiety",), places=(NAMUR,), audiences=("older-people",))
    assert bench.order(query, bench.resource("anxiety"), bench.resource("anxiety", audiences=("older-people",))) == [1, 0]


@pytest.mark.parametrize(
    ("needs", "audiences"),
    [
        (("perinatal", "depression"), ("parents", "women")), (("bipolar", "depression"), ("adults",)), (("depression",), ("farmers", "adults")),
        (("depression",), ("self-employed",)), (("depression",), ("sex-workers", "women")), (("depression", "lgbtqia"), ("lgbtqia",)),
        (("depression",), ("students", "young-adults")), (("exile", "depression"), ("exiles", "adults")), (("suicide", "depression"), ("adults",)),
    ],
)  # fmt: skip
def test_what_is_for_one_group_or_one_illness_stays_behind_what_is_for_all(
    needs: Sequence[str], audiences: Sequence[str], bench: Bench
) -> None:
    narrow = bench.resource(*needs, audiences=audiences)
    narrow.needs = ["need:depression"]
    assert bench.order(Query(needs=("depression",), places=(NAMUR,)), narrow, bench.resource(km=12.0)) == [1, 0]


def test_whoever_lost_a_job_is_not_sent_to_what_is_for_the_self_employed(bench: Bench) -> None:
    work = bench.resource("work", audiences=("self-employed", "adults"))
    assert bench.order(Query(needs=("work",), places=(NAMUR,)), work, bench.resource(km=12.0)) == [1, 0]
    assert bench.order(Query(needs=("work",), places=(NAMUR,), audiences=("self-employed",)), work, bench.resource(km=12.0)) == [0, 1]


def test_what_is_for_one_group_comes_first_when_the_group_is_said(bench: Bench) -> None:
    query = Query(needs=("depression",), places=(NAMUR,), audiences=("farmers",))
    assert bench.order(query, bench.resource("depression"), bench.resource("depression", audiences=("farmers", "adults"))) == [1, 0]
    both = Query(needs=("perinatal", "depression"), places=(NAMUR,))
    assert bench.order(both, bench.resource(), bench.resource("perinatal", "depression", audiences=("parents", "women"))) == [1, 0]


def test_a_service_that_lists_many_needs_is_for_all() -> None:
    many = Resource("x", "X", "service", needs=("grief", "anxiety", "depression", "stress", "work", "burnout", "sleep"))
    assert reserved_needs(many) == ()
    assert reserved_needs(many._replace(needs=many.needs[:2])) == ("grief",)
    assert reserved_audiences(many._replace(audiences=("children", "adolescents", "adults"))) == ()
    assert reserved_audiences(many._replace(audiences=("children", "parents"))) == ("children",)


def test_a_german_question_finds_german_services_before_french_ones_nearer(bench: Bench) -> None:
    french = bench.resource("depression", languages=("fr",), area="province:liege", km=10.0)
    german = bench.resource("depression", languages=("de",), area="community:de", km=25.0)
    assert bench.order(Query(needs=("depression",), places=(EUPEN,), spoken=("de",)), french, german, reader="fr") == [1, 0]


def test_a_dutch_question_in_brussels_finds_what_is_dutch_or_bilingual_first(bench: Bench) -> None:
    french, both = bench.resource("anxiety"), bench.resource("anxiety", languages=("fr", "nl"), km=6.0)
    assert bench.order(Query(needs=("anxiety",), places=(BRUSSELS,), spoken=("nl",)), french, both) == [1, 0]
    assert bench.order(Query(needs=("anxiety",), places=(BRUSSELS,), spoken=("fr",)), french, both) == [0, 1]


def test_whoever_does_harm_and_wants_to_stop_is_not_sent_to_where_the_harmed_are_received(bench: Bench) -> None:
    query = Query(needs=("fear-of-harming", "domestic-violence"), places=(NAMUR,))
    shelter = bench.resource("domestic-violence", audiences=("women", "children"))
    help_to_stop = bench.resource("fear-of-harming", audiences=("adults",), km=40.0)
    assert bench.order(query, shelter, bench.resource(), help_to_stop) == [2, 1, 0]


def test_who_hits_is_not_sent_to_those_who_help_against_an_attraction(bench: Bench) -> None:
    query = Query(needs=("fear-of-harming", "domestic-violence"), places=(NAMUR,))
    temper, attraction = bench.resource("fear-of-harming", "anger"), bench.resource("fear-of-harming", "sexuality")
    assert bench.order(query, attraction, temper) == [1, 0]
    assert bench.order(query._replace(needs=("fear-of-harming", "sexuality")), temper, attraction) == [0, 1]


def test_who_is_close_to_somebody_finds_what_is_for_those_close(bench: Bench) -> None:
    query = Query(needs=("psychosis",), places=(NAMUR,), relations=("sibling",))
    assert bench.order(
        query, bench.resource("psychosis", audiences=("adults",)), bench.resource("psychosis", audiences=("relatives",))
    ) == [1, 0]


def test_in_danger_the_team_of_the_place_stands_beside_the_lines(bench: Bench, lexicon: Lexicon) -> None:
    line_number = lexicon.urgent_numbers("suicide", minors=False)[0]
    line = bench.resource("suicide", kind="helpline", area="country:be", km=None)
    line.cell = line.cell._replace(resource=line_number)
    team = bench.resource("crisis", offers=("mobile-team", "crisis-care"), km=None)
    general, far = bench.resource(), bench.resource("suicide", km=110.0, area="region:wallonia")
    query = Query(needs=("suicide",), places=(NAMUR,), danger=Danger("alarm", ("suicide",), 0.9))
    order = bench.order(query, far, general, team, line)
    assert set(order[:2]) == {2, 3}
    assert order[-1] == 0


def test_near_comes_before_far_and_126_km_is_never_second_to_a_general_service_in_town(bench: Bench) -> None:
    query = Query(needs=("grief",), places=(NAMUR,))
    near, farther, far = (bench.resource("grief", km=km, area="region:wallonia") for km in (3.0, 30.0, 126.0))
    assert bench.order(query, far, farther, near, bench.resource()) == [2, 1, 3, 0]


def test_a_network_that_nobody_can_call_stands_close_behind_a_number_for_a_child_too(bench: Bench) -> None:
    query = Query(needs=("anxiety",), places=(NAMUR,), age=9)
    silent, answering = (
        bench.resource(kind="network-youth", audiences=("children", "adolescents"), reach=reach, km=None) for reach in (WRITING, PHONE)
    )
    silent.is_network = answering.is_network = True
    line = bench.resource("anxiety", kind="helpline", audiences=("children",), area="community:fr", km=None)
    mail = bench.resource("anxiety", audiences=("children",), area="community:fr", km=None, reach=WRITING, languages=("nl",))
    assert bench.order(query, mail, silent, line, answering) == [3, 2, 1, 0]


def test_an_age_counts_beside_the_words_and_who_is_grown_up_is_no_child(bench: Bench) -> None:
    mother = Query(needs=("loneliness",), places=(NAMUR,), audiences=("children",), age=33)
    assert bench.order(mother, bench.resource("loneliness", audiences=("children",)), bench.resource("loneliness")) == [1, 0]
    father = Query(needs=("dementia",), places=(NAMUR,), audiences=("parents", "women"), age=78)
    assert audiences_asked(father) == ["women", "older-people", "adults"]
    assert audiences_asked(Query(audiences=("men",), age=10)) == ["children"]
    assert audiences_asked(Query(audiences=("children",), age=33, required=frozenset({"audiences"}))) == ["children"]


def test_a_group_of_the_ill_is_not_for_a_relative_who_asks_for_a_group(bench: Bench) -> None:
    query = Query(needs=("psychosis",), places=(NAMUR,), audiences=("relatives",), offers=("support-group",))
    patients = bench.resource("psychosis", audiences=("adults",))
    assert bench.order(query, patients, bench.resource("psychosis", audiences=("relatives", "families"), km=30.0)) == [1, 0]


def test_carers_are_served_where_somebody_close_asks_and_not_else(bench: Bench) -> None:
    for relations, order in ((("child",), [0, 1]), ((), [1, 0])):
        query = Query(needs=("psychosis",), places=(NAMUR,), relations=relations)
        caring = bench.resource("caregiving", "psychosis", audiences=("relatives", "adults"))
        caring.needs = ["need:psychosis"]
        assert bench.order(query, caring, bench.resource("psychosis", km=40.0)) == order


@pytest.mark.parametrize(
    ("need", "audiences", "loses"),
    [
        ("domestic-violence", ("women", "children"), True), ("domestic-violence", ("women", "families"), True), ("domestic-violence", (), True),
        ("domestic-violence", ("families", "adults", "children"), False), ("child-abuse", ("children", "families"), False),
        ("depression", ("adolescents", "children"), False), ("perinatal", ("parents", "women"), False),
    ],
)  # fmt: skip
def test_only_a_house_of_the_harmed_loses_where_somebody_does_harm(bench: Bench, need: str, audiences: Sequence[str], loses: bool) -> None:
    house = bench.resource(need, audiences=audiences)
    bench.order(Query(needs=("fear-of-harming", "domestic-violence"), places=(NAMUR,)), house)
    assert dict(house.weighed).get("for_this_role", 0) == (-120 if loses else 0)


@pytest.mark.parametrize(("listed", "comes"), [("any", False), ("heard:domestic-violence", True), ("related:trauma", False)])
def test_a_house_for_one_violence_is_no_team_for_another(bench: Bench, listed: str, comes: bool) -> None:
    house = bench.resource("sexual-violence", "crisis", offers=("crisis-care",))
    house.needs = [listed]
    danger = Danger("alarm", ("partner-violence",), 0.9)
    bench.order(Query(needs=("domestic-violence",), places=(NAMUR,), danger=danger), house)
    assert ("for_this_moment" in dict(house.weighed)) == comes


def test_a_group_for_parents_who_lost_a_child_is_not_offered_to_a_widow(bench: Bench) -> None:
    for_all, for_parents = bench.resource("grief", km=45.0), bench.resource("grief", audiences=("parents", "couples"))
    assert bench.order(Query(needs=("grief",), places=(NAMUR,)), for_parents, for_all) == [1, 0]
    assert bench.order(Query(needs=("grief",), places=(NAMUR,), relations=("child",)), for_all, for_parents) == [1, 0]


def test_a_service_for_exiles_is_open_to_a_refugee_who_speaks_of_something_else(bench: Bench) -> None:
    for_exiles, for_all = bench.resource("exile", "trauma", audiences=("exiles",)), bench.resource(km=0.0)
    for_exiles.needs = ["need:trauma"]
    assert bench.order(Query(needs=("trauma",), places=(NAMUR,), audiences=("exiles",)), for_all, for_exiles) == [1, 0]
    assert bench.order(Query(needs=("trauma",), places=(NAMUR,)), for_exiles, for_all) == [1, 0]


@pytest.mark.parametrize(
    ("query", "first"), [(Query(needs=("anxiety",), places=(NAMUR,)), 1), (Query(needs=("suicide",), places=(NAMUR,)), 0)]
)
def test_a_psychiatric_emergency_is_for_a_crisis_alone(bench: Bench, query: Query, first: int) -> None:
    emergency = bench.resource("crisis", "suicide", offers=("crisis-care", "hospital"), audiences=("adults",))
    emergency.needs = ["need:suicide"] if first == 0 else ["any"]
    assert bench.order(query, emergency, bench.resource(*query.needs, km=45.0, worth=30))[0] == first


def test_a_crisis_that_is_said_leaves_room_for_what_the_danger_asks_for(lexicon: Lexicon) -> None:
    query = Query(needs=("crisis",), danger=Danger("alarm", ("sexual-violence",), 0.9))
    assert asked_needs(query, lexicon) == ("crisis", "sexual-violence")


def test_whoever_does_harm_finds_what_is_for_that_before_the_lines_for_the_harmed(bench: Bench, lexicon: Lexicon) -> None:
    danger = Danger("alarm", ("child-abuse", "partner-violence"), 0.9)
    query = Query(needs=("fear-of-harming", "domestic-violence"), places=(NAMUR,), danger=danger, age=40)
    child_line = bench.resource("child-abuse", kind="helpline", audiences=("children", "adolescents"), area="community:fr", km=None)
    child_line.cell = child_line.cell._replace(resource=lexicon.numbers_of(["ecoute-enfants-103"])[0])
    to_stop = bench.resource("fear-of-harming", area="community:fr", km=None)
    shelter = bench.resource("domestic-violence", audiences=("women", "children"))
    assert bench.order(query, child_line, shelter, to_stop)[0] == 2
    doing = ("fear-of-harming", "grief"), ("anger", "fear-of-harming")
    he_is_angry_and_afraid_to = ("domestic-violence", "fear-of-harming", "anger")
    harmed = ("domestic-violence", "anger"), ("domestic-violence",), he_is_angry_and_afraid_to
    assert [does_harm(needs) for needs in (*doing, *harmed)] == [True, True, False, False, False]


def test_a_mother_who_fears_for_her_baby_is_helped_where_births_are(lexicon: Lexicon) -> None:
    query = ask("mère Arlon bébé de 5 semaines, elle a peur de lui faire du mal", Wishes(), lexicon)
    first = rank(query, lexicon, Asker(("fr",)), 5)
    served = lexicon.resources([candidate.cell.resource for candidate in first]).values()
    assert not any(resource.needs[:1] == ("fear-of-harming",) for resource in served)
    assert any("perinatal" in resource.needs for resource in served)


def test_in_danger_a_team_with_a_number_comes_before_a_silent_one_and_the_network_of_teams_beside_them(bench: Bench) -> None:
    query = Query(needs=("suicide",), places=(NAMUR,), danger=Danger("alarm", ("suicide",), 0.9))
    silent, answering = (bench.resource("crisis", offers=("mobile-team",), km=None, reach=reach) for reach in (WRITING, PHONE))
    network = bench.resource(kind="network-adult", audiences=("adults",), offers=("mobile-team",), km=None, reach=WRITING)
    network.is_network = True
    assert bench.order(query, bench.resource(), network, silent, answering) == [3, 2, 1, 0]


def test_in_danger_what_lists_another_need_is_no_team(bench: Bench) -> None:
    query = Query(needs=("suicide", "separation"), places=(NAMUR,), danger=Danger("alarm", ("suicide",), 0.9))
    mediation, ward = bench.resource("separation"), bench.resource("suicide", km=12.0)
    assert bench.order(query, mediation, ward) == [1, 0]


def test_the_network_of_the_place_loses_little_by_its_language(bench: Bench) -> None:
    query = Query(needs=("depression",), places=(NAMUR,), languages=("nl",), spoken=("nl",))
    network = bench.resource(kind="network-adult", audiences=("adults",), reach=WRITING, km=None)
    network.is_network = True
    assert bench.order(query, bench.resource(), network) == [1, 0]


def test_who_speaks_no_language_of_the_place_is_helped_in_the_first_of_them(bench: Bench) -> None:
    query = Query(needs=("anxiety",), places=(BRUSSELS,), languages=("de",), spoken=("de",))
    french, dutch = bench.resource("anxiety"), bench.resource("anxiety", languages=("nl",))
    assert bench.order(query, dutch, french) == [1, 0]
    assert bench.order(query._replace(languages=(), spoken=("nl",)), french, dutch) == [1, 0]


def test_what_takes_any_need_counts_less_where_no_place_is_said(bench: Bench) -> None:
    takes_any, lists_it = bench.resource(km=None, reach=PHONE), bench.resource("grief", km=None, reach=WRITING)
    assert bench.order(Query(needs=("grief",)), takes_any, lists_it) == [1, 0]


def test_a_need_that_is_hardly_heard_weighs_less_than_one_that_is_said(lexicon: Lexicon) -> None:
    said = Query(needs=("sleep",), places=(NAMUR,))
    hardly = said._replace(heard=(("sleep", 0.1),))
    worth = [max(candidate.worth for candidate in rank(query, lexicon, Asker(("fr",)), 5)) for query in (said, hardly)]
    assert worth[0] - worth[1] >= 10


def test_a_line_for_a_danger_answers_for_its_need_where_nobody_is_sure_of_the_danger(lexicon: Lexicon) -> None:
    place = lexicon.place_of("nis:13008")
    first = rank(Query(needs=("elder-abuse",), places=(place,), spoken=("nl",), age=84), lexicon, Asker(("nl",)), 3)
    assert "hulplijn-1712" in lexicon.ids([candidate.cell.resource for candidate in first]).values()


def test_the_young_of_eighteen_to_twenty_three_are_of_both_networks_and_a_name_asks_for_none(lexicon: Lexicon) -> None:
    place = lexicon.place_of("nis:44021")
    adult, youth = lexicon.networks("44021")
    assert networks_of(Query(places=(place,), age=20), lexicon) == [adult, youth]
    assert networks_of(Query(places=(place,), age=24), lexicon) == [adult]
    assert networks_of(Query(places=(place,), age=20, needs=("gambling",)), lexicon) == [adult]
    assert networks_of(Query(places=(place,), names={1: 3}), lexicon) == [adult]


def test_of_equals_a_number_comes_before_a_mail_address_and_that_before_a_door(bench: Bench) -> None:
    query = Query(needs=("grief",), places=(NAMUR,))
    assert bench.order(query, *(bench.resource("grief", reach=reach) for reach in (DOOR, WRITING, PHONE))) == [2, 1, 0]


def test_words_wish_for_an_offer_a_kind_a_channel_and_a_cost(bench: Bench) -> None:
    plain = bench.resource("grief")
    for query, wished in (
        (Query(offers=("talking-circle",)), bench.resource("grief", offers=("talking-circle",))),
        (Query(channels=("home-visit",)), bench.resource("grief", channels=("home-visit",))),
        (Query(costs=("free",)), bench.resource("grief", cost=1)),
    ):
        assert bench.order(query._replace(needs=("grief",), places=(NAMUR,)), plain, wished) == [1, 0]


def test_help_comes_before_lists_of_help_and_what_is_known_well_before_what_is_not(bench: Bench) -> None:
    query = Query(needs=("grief",), places=(NAMUR,))
    assert bench.order(query, bench.resource("grief", kind="directory"), bench.resource("grief", km=20.0)) == [1, 0]
    assert bench.order(query, bench.resource("grief", rank=160), bench.resource("grief", rank=0)) == [1, 0]


def test_words_and_options_agree_on_the_order_of_what_stands_in_both(lexicon: Lexicon) -> None:
    """`find alcool mons` and `find --city mons --need alcohol`, over all needs and fifty towns of all languages; the network is in both."""
    chance = random.Random(7)
    rows = lexicon._connection.execute("SELECT nis, name, languages FROM municipality ORDER BY population DESC LIMIT 300")
    towns = chance.sample(list(rows), 50)
    labels = terms_with_labels(lexicon._connection, "needs", ("fr", "nl", "de"))
    asker = Asker(("fr", "nl", "de", "en"))
    compared = 0
    for number, (nis, town, languages) in enumerate(towns):
        for need, *spoken in labels[number % 5 :: 5]:
            label = spoken[("fr", "nl", "de").index(languages.split(";")[0])]
            said = ask(f"{label} {town}", Wishes(), lexicon)
            more = said.audiences or said.offers or said.kinds or said.names or said.in_danger  # than the need
            if said.needs != (need,) or [place.nis for place in said.places] != [nis] or more:
                continue
            required = ask("", Wishes(city=town, needs=(need,)), lexicon)
            both = [[c.cell.resource for c in rank(query, lexicon, asker, 1000)] for query in (said._replace(spoken=()), required)]
            shared = set(both[0]) & set(both[1])
            assert [r for r in both[0] if r in shared] == [r for r in both[1] if r in shared], (need, town)
            adult, _youth = lexicon.networks(nis)
            assert adult in shared, (need, town)
            compared += 1
    assert compared > 250


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("ik woon in Waver en zoek hulp in het nederlands, burn out", "tele-onthaal-106"), ("somber en moe, nederlandstalig, Luik", "tele-onthaal-106"),
        ("dépression gent en français", "tele-accueil-107"), ("depression auf deutsch lüttich", "telefonhilfe-108"),
    ],
)  # fmt: skip
def test_who_asks_in_another_language_than_the_place_is_offered_the_line_of_their_own(question: str, line: str, lexicon: Lexicon) -> None:
    best = rank(ask(question, Wishes(), lexicon), lexicon, Asker(("fr",)), 3)
    assert line in [lexicon.resources([one.cell.resource])[one.cell.resource].id for one in best]


def test_a_result_says_why_and_never_a_need_that_nobody_named(lexicon: Lexicon) -> None:
    for question in ("burnout namur", "angst gent", "sucht eupen", "grief brussels"):
        query = ask(question, Wishes(), lexicon)
        for candidate in rank(query, lexicon, Asker(("en",)), 40):
            assert candidate.why
            named = {why.partition(":")[2] for why in candidate.why if why.startswith("need:")}
            assert named <= set(query.needs)


def test_in_danger_a_line_that_is_closed_now_stands_behind_those_that_answer(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = ("independants-en-detresse", "urgence-112", "cvfe-liege")
    numbers = [lexicon._connection.execute("SELECT number FROM resource WHERE id = ?", (identifier,)).fetchone()[0] for identifier in ids]
    by_day, always, service = (Candidate(lexicon.cells_of(number, 0)[0], "country:be") for number in numbers)
    for moment, order in (
        (datetime(2026, 11, 29, 3, 0), [service, always, by_day]),
        (datetime(2026, 11, 30, 11, 0), [service, by_day, always]),
    ):
        monkeypatch.setattr("ht_cli.clock.now", lambda moment=moment: moment.replace(tzinfo=clock.BRUSSELS))
        assert answering_lines_first([service, by_day, always], ids, lexicon) == order
        assert answering_lines_first([service, by_day, always], ids[:1], lexicon) == order  # and behind whoever else answers
        assert answering_lines_first([service, by_day, always], ids[1:], lexicon) == [service, by_day, always]  # no line for that danger


def test_a_line_for_the_danger_that_is_closed_stays_among_the_first(lexicon: Lexicon, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ht_cli.clock.now", lambda: datetime(2026, 11, 29, 3, 0, tzinfo=clock.BRUSSELS))
    query = ask("mijn man slaat me aalst", Wishes(), lexicon)
    first = [hit.resource.id for hit in answer(query, Wishes(), lexicon, ("nl",), 5).hits]
    assert "hulplijn-1712" in first[1:4]
    assert "police-101" not in first  # it stands in the block before the answers


def test_a_group_of_a_town_next_door_is_found_behind_one_in_town_and_says_that_it_has_to_be_asked(bench: Bench, lexicon: Lexicon) -> None:
    here, there = (bench.resource("dementia", kind="group", area=area, km=km) for area, km in (("nis:92094", 0.0), ("next:92094", 6.0)))
    assert bench.order(Query(needs=("dementia",), places=(NAMUR,)), there, here) == [1, 0]
    hits = answer(ask("alzheimer herstal", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 20).hits
    around = {hit.resource.id: hit for hit in hits if "next-door" in hit.why}
    assert "alzheimer-cafe-ans" in around
    for hit in around.values():
        assert hit.resource.kind == "group"
        assert "nis:62051" not in hit.resource.areas
    said = Words(areas={"nis:62003": "Ans"}).reach(around["alzheimer-cafe-ans"])
    assert said == ["8 km", "for Ans: ask whether others may come"]


def test_a_service_of_a_town_is_not_offered_to_the_towns_around(lexicon: Lexicon) -> None:
    hits = answer(ask("dettes hornu", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 50).hits
    assert all(hit.resource.kind == "group" or "sexuality" in hit.resource.needs[:2] for hit in hits if "next-door" in hit.why)


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("zelfdoding van mijn zoon, rouw", "nl"), ("nabestaanden zelfdoding gent", "nl"), ("deuil après suicide Bruxelles", "fr"),
        ("mon mari s'est suicidé en mars, groupe de parole Bruxelles", "fr"),
    ],
)  # fmt: skip
def test_who_mourns_after_a_suicide_finds_those_bereaved_so_and_no_crisis_team(question: str, language: str, lexicon: Lexicon) -> None:
    query = ask(question, Wishes(), lexicon)
    hits = answer(query, Wishes(), lexicon, (language,), 5).hits
    assert query.danger.level != "alarm"
    assert {"grief", "suicide"} <= set(hits[0].resource.needs)
    assert not any("mobile-team" in hit.resource.offers and "network" not in hit.why for hit in hits[:3])


def test_what_is_for_those_bereaved_by_suicide_stays_behind_for_others_who_mourn(bench: Bench) -> None:
    theirs, for_all = bench.resource("grief", "suicide", kind="group"), bench.resource("grief", kind="group", km=20.0)
    assert bench.order(Query(needs=("grief",), places=(NAMUR,)), theirs, for_all) == [1, 0]
    assert bench.order(Query(needs=("grief", "suicide"), places=(NAMUR,)), for_all, theirs) == [1, 0]


def test_who_takes_in_at_once_comes_before_the_houses_that_have_to_be_asked(bench: Bench) -> None:
    house, street = (
        bench.resource("homelessness"),
        bench.resource("homelessness", kind="helpline", offers=("mobile-team",), km=None, area="region:wallonia"),
    )
    assert bench.order(Query(needs=("homelessness",), places=(NAMUR,)), house, street) == [1, 0]


def test_a_day_centre_or_a_ward_that_names_no_need_does_not_take_any(bench: Bench) -> None:
    ward, centre = bench.resource(offers=("hospital", "day-centre")), bench.resource(offers=("day-centre", "first-contact"), km=10.0)
    assert bench.order(Query(needs=("sexuality",), places=(NAMUR,)), ward, centre) == [1, 0]


@pytest.mark.parametrize(("question", "wishes", "shown"), [
    ("crise namur", Wishes(), False), ("psy dimanche soir namur", Wishes(), False), ("", Wishes(needs=("crisis",), city="namur"), True),
    ("centre antipoisons", Wishes(), True),
])  # fmt: skip
def test_the_numbers_for_an_emergency_are_no_help_for_anything_else(question: str, wishes: Wishes, shown: bool, lexicon: Lexicon) -> None:
    hits = answer(ask(question, wishes, lexicon), wishes, lexicon, ("fr",), 100).hits
    assert any(hit.resource.id in EMERGENCY for hit in hits) == shown


@pytest.mark.parametrize("place", ["", "namur"])
def test_every_need_of_the_vocabulary_is_answered_as_an_option_too(place: str, lexicon: Lexicon) -> None:
    for need in tomllib.loads((ROOT / "data" / "sources" / "vocabulary" / "terms.toml").read_text("utf-8"))["needs"]:
        wishes = Wishes(needs=(need,), city=place)
        hits = answer(ask("", wishes, lexicon), wishes, lexicon, ("fr",), 5).hits
        assert all(need in hit.resource.needs or "network" in hit.why for hit in hits)


def test_the_house_of_an_occupation_that_is_said_comes_before_what_is_for_all(bench: Bench) -> None:
    theirs, for_all = bench.resource("sexuality", audiences=("sex-workers", "adults"), km=5.0), bench.resource("anxiety")
    assert bench.order(Query(needs=("anxiety",), audiences=("sex-workers",), places=(NAMUR,)), for_all, theirs) == [1, 0]
    assert bench.order(Query(needs=("anxiety",), places=(NAMUR,)), theirs, for_all) == [1, 0]


def test_a_widow_is_not_a_couple_and_a_child_of_one_who_drinks_finds_what_is_for_such_children(bench: Bench, lexicon: Lexicon) -> None:
    lost_a_child = bench.resource("grief", kind="group", audiences=("parents", "couples"))
    for_all = bench.resource("grief", kind="group", km=30.0)
    assert bench.order(Query(needs=("grief",), relations=("partner",), places=(NAMUR,)), lost_a_child, for_all) == [1, 0]
    assert bench.order(Query(needs=("grief",), relations=("child",), places=(NAMUR,)), for_all, lost_a_child) == [1, 0]
    of_the_ill = bench.resource("parent-illness", audiences=("children", "adolescents"))
    of_the_ill.needs, of_the_ill.worth = ["related:parent-illness"], 52
    query = Query(needs=("alcohol",), relations=("parent",), age=12, places=(NAMUR,))
    assert bench.order(query, bench.resource(audiences=("children",), km=10.0), of_the_ill) == [1, 0]
    assert "ecoute-enfants-103" in [
        hit.resource.id
        for hit in answer(ask("mon père alcoolique, j'ai 12 ans, Mouscron", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 5).hits
    ]


@pytest.mark.parametrize(
    "question", ["psychologue remboursé mons", "terugbetaalde psycholoog hasselt", "eerstelijnspsycholoog gent", "psychologue namur"]
)
def test_who_asks_for_a_psychologist_finds_the_list_of_them(question: str, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("fr",), 5).hits
    assert any("individual-consultation" in hit.resource.offers and hit.resource.kind == "directory" for hit in hits[:3])


@pytest.mark.parametrize(
    ("question", "language"),
    [("avortement Mouscron", "fr"), ("IVG Namur", "fr"), ("contraception Arlon", "fr"), ("abortus Vilvoorde", "nl"), ("Abtreibung Eupen", "de"), ("abortion Ghent", "en")],
)  # fmt: skip
def test_what_is_for_those_who_harm_is_no_answer_to_anything_else(question: str, language: str, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 20).hits
    assert hits
    assert not [hit.resource.id for hit in hits if reserved_needs(hit.resource)[:1] == ("fear-of-harming",)]


def test_an_option_or_a_name_finds_what_is_for_those_who_harm(lexicon: Lexicon) -> None:
    for query in (ask("", Wishes(needs=("sexuality",)), lexicon), ask("SéOS", Wishes(), lexicon)):
        assert "seos" in [hit.resource.id for hit in answer(query, Wishes(), lexicon, ("fr",), 60).hits]


@pytest.mark.parametrize(
    ("question", "list_of_houses"), [("surendettement Seraing", "mediation-dettes-wallonie"), ("IVG Namur", "mon-planning-familial")]
)
def test_a_list_of_the_houses_for_the_need_comes_before_who_takes_any(question: str, list_of_houses: str, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("fr",), 10).hits
    found = [hit.resource.id for hit in hits]
    takes_any = [place for place, hit in enumerate(hits) if "any" in hit.why]
    assert list_of_houses in found[:3]
    assert found.index(list_of_houses) < min(takes_any)


def test_the_child_of_somebody_old_is_grown_up(lexicon: Lexicon) -> None:
    for question, language in (("Mutter mit Demenz, Tochter erschöpft, Amel", "de"), ("moeder dement dochter uitgeput Kraainem", "nl")):
        hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 5).hits
        assert any("dementia" in hit.resource.needs for hit in hits[:2])
        assert not [
            hit.resource.id for hit in hits if set(hit.resource.audiences) and set(hit.resource.audiences) <= {"children", "adolescents"}
        ]
        assert not [hit.resource.id for hit in hits if hit.resource.kind == "network-youth"]


def test_of_a_grown_child_who_is_ill_both_networks_are_shown(lexicon: Lexicon) -> None:
    hits = answer(
        ask("son fils est schizophrène et ne prend plus ses médicaments Tournai", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 8
    ).hits
    kinds = [hit.resource.kind for hit in hits if hit.resource.kind.startswith("network")]
    assert kinds == ["network-adult", "network-youth"]


def test_the_centre_of_the_province_for_sexual_violence_stands_beside_the_lines(lexicon: Lexicon) -> None:
    hits = answer(ask("verkracht vorige nacht Halle", Wishes(), lexicon), Wishes(), lexicon, ("nl",), 3).hits
    assert "zsg-leuven" in [hit.resource.id for hit in hits]


def test_who_asks_for_a_team_or_a_group_finds_it(lexicon: Lexicon) -> None:
    for question, wanted in (("équipe mobile Libramont", "diapazon-proxirelux"), ("groupe de parole dépression Vielsalm", "le-funambule")):
        hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("fr",), 3).hits
        assert wanted in [hit.resource.id for hit in hits], question
    farmers = [hit.resource.id for hit in answer(ask("équipe mobile Libramont", Wishes(), lexicon), Wishes(), lexicon, ("fr",), 5).hits]
    assert "agricall" not in farmers


def test_where_somebody_is_from_and_what_they_speak_is_no_flight(lexicon: Lexicon) -> None:
    for question in (
        "dame turque déprimée Charleroi",
        "psycholoog die Arabisch spreekt Brussel",
        "polnische Pflegerin einsam Eupen",
        "Moroccan lady grieving Brussels",
    ):
        assert "exile" not in ask(question, Wishes(), lexicon).needs, question


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("psychologue conventionné pour ma fille de 12 ans à Liège", "fr"), ("eerstelijnspsycholoog kind 8 jaar Gent", "nl"),
        ("ELP dochter 14 Leuven", "nl"), ("konventionierte Psychologin Kind 9 Eupen", "de"), ("reimbursed psychologist for my 11 year old Mons", "en"),
    ],
)  # fmt: skip
def test_a_psychologist_of_the_health_insurance_for_a_child_costs_nothing(question: str, language: str, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 3).hits
    assert "psychologues-premiere-ligne-0-23" in [hit.resource.id for hit in hits]


def test_eleven_euros_is_the_rate_of_the_health_insurance(lexicon: Lexicon) -> None:
    for question in (
        "psychologue à 11 euros Arlon",
        "psycholoog 11 euro Lommel",
        "Psychologe 11 Euro Eupen",
        "psychologist 11 euros Ghent",
    ):
        assert ask(question, Wishes(), lexicon).costs == ("reimbursed",), question


def test_a_crisis_that_is_hardly_heard_calls_no_team(bench: Bench) -> None:
    team = bench.resource("crisis", offers=("mobile-team", "crisis-care"), km=None, reach=WRITING)
    in_town = bench.resource("crisis")
    said = Query(needs=("crisis",), places=(NAMUR,))
    assert bench.order(said, in_town, team) == [1, 0]
    assert bench.order(said._replace(heard=(("crisis", 0.3),)), in_town, team) == [0, 1]


def test_who_is_worn_out_calls_no_team_and_who_is_psychotic_does(bench: Bench) -> None:
    team = bench.resource("crisis", offers=("mobile-team", "crisis-care"), km=None, reach=WRITING)
    in_town = bench.resource("crisis")
    assert bench.order(Query(needs=("burnout", "crisis"), places=(NAMUR,)), in_town, team) == [0, 1]
    assert bench.order(Query(needs=("psychosis", "crisis"), places=(NAMUR,)), in_town, team) == [1, 0]


def test_a_centre_for_those_who_were_raped_is_none_for_another_crisis(lexicon: Lexicon) -> None:
    for question, language in (("crise psychotique Namur", "fr"), ("acute psychose Gent crisis", "nl")):
        hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 8).hits
        assert not [hit.resource.id for hit in hits if "sexual-violence" in hit.resource.needs[:1]], question


@pytest.mark.parametrize(
    ("question", "language", "wanted"),
    [
        ("tabane liège", "fr", "tabane-liege"), ("nummer awel", "nl", "awel-102"), ("child focus bruxelles", "fr", "child-focus-116000"), ("en route liège", "fr", "en-route"), ("similes tournai", "fr", "similes-wallonie"), ("similes", "fr", "similes-bruxelles"), ("nummer van lumi", "nl", "lumi"),
        ("al-anon", "fr", "al-anon-fr"), ("la gerbe bruxelles", "fr", "ssm-la-gerbe"), ("diapazon bastogne", "fr", "diapazon-proxirelux"),
        ("hoe heet da nu, awel ofzo, da nummer voor kinderen", "nl", "awel-102"),
    ],
)  # fmt: skip
def test_a_name_is_found_beside_a_town_and_behind_number_of(question: str, language: str, wanted: str, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 3).hits
    assert hits[0].resource.id == wanted


def test_what_is_for_births_alone_is_no_answer_where_a_baby_died(bench: Bench) -> None:
    births, grief = bench.resource("perinatal"), bench.resource("grief")
    assert bench.order(Query(needs=("grief", "perinatal"), places=(NAMUR,)), births, grief) == [1, 0]


def test_men_are_not_sent_to_what_is_for_women_alone(lexicon: Lexicon) -> None:
    question = "groupe de parole hommes victimes de violence, Wallonie"
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("fr",), 10).hits
    assert hits
    assert not [hit.resource.id for hit in hits if {"women"} <= {*hit.resource.audiences} <= {"women", "children"}]


def test_a_language_that_is_asked_for_comes_before_the_trade(lexicon: Lexicon) -> None:
    question = "couple counselling in English, Brussels, low income"
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("en",), 2).hits
    assert all("en" in hit.resource.languages for hit in hits)


def test_a_province_is_served_by_what_serves_its_community(lexicon: Lexicon) -> None:
    for question, language, wanted in (("alcool, Hainaut", "fr", "infor-drogues"), ("alcohol West-Vlaanderen", "nl", "druglijn")):
        hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 6).hits
        assert wanted in [hit.resource.id for hit in hits]


def test_where_no_place_is_said_another_language_of_the_country_stands_behind(lexicon: Lexicon) -> None:
    for question, language, others in (
        ("grosse angoisse la nuit", "fr", {"nl", "de"}),
        ("mein Kind wird in der Schule gehänselt", "de", {"nl"}),
        ("veel angst 's nachts", "nl", {"fr", "de"}),
    ):
        for hit in answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language, "fr", "nl", "de", "en"), 3).hits:
            assert not set(hit.resource.languages) <= others, (question, hit.resource.id)


def test_a_house_for_one_group_alone_is_not_called_because_a_group_is_wished_for(bench: Bench) -> None:
    query = Query(needs=("work",), places=(NAMUR,), offers=("support-group",), kinds=("group",))
    theirs = bench.resource("work", kind="group", offers=("support-group",), audiences=("sex-workers",))
    theirs.cell = theirs.cell._replace(group=theirs.cell.audiences)
    assert bench.order(query, theirs, bench.resource("work")) == [1, 0]


def test_a_need_that_is_hardly_heard_comes_before_nothing_that_is_said(bench: Bench) -> None:
    hardly = Query(needs=("sleep", "crisis"), heard=(("crisis", 0.3),))
    surely = Query(needs=("sleep", "crisis"), heard=(("crisis", 0.6),))
    line, house = bench.resource("crisis", kind="helpline", area="country:be", km=None), bench.resource("sleep", area="", km=None)
    assert bench.order(hardly, line, house) == [1, 0]
    assert bench.order(surely, line, house) == [0, 1]
    assert bench.order(Query(needs=("crisis",), heard=(("crisis", 0.3),)), line, house) == [0, 1]  # there is nothing else


def test_who_writes_about_a_client_looks_for_help_for_them_and_not_for_their_relatives(bench: Bench) -> None:
    relatives = bench.resource("alcohol", kind="group", audiences=("relatives", "families"), area="community:fr", km=None)
    drinkers = bench.resource("alcohol", kind="group", audiences=("adults",), area="community:fr", km=None)
    client = Query(needs=("alcohol",), places=(NAMUR,), relations=("pupil-client",), voice="worker")
    assert bench.order(client, relatives, drinkers) == [1, 0]
    assert bench.order(Query(needs=("alcohol",), places=(NAMUR,), relations=("partner",)), relatives, drinkers) == [0, 1]


def test_without_a_place_the_first_contact_of_the_german_speaking_community_stands_before_houses_of_others(bench: Bench) -> None:
    house = bench.resource("psychosis", languages=("fr",), area="region:brussels", km=None)
    at_home = bench.resource(languages=("de",), area="community:de", km=None)
    somewhere = bench.resource(languages=("fr",), area="community:fr", km=None)
    asked = Query(needs=("psychosis",), spoken=("de",))
    assert bench.order(asked, house, at_home, reader="de") == [1, 0]
    assert bench.order(asked, somewhere, at_home, reader="de") == [1, 0]
    assert bench.order(Query(needs=("psychosis",), spoken=("fr",)), somewhere, house) == [1, 0]  # anywhere else it is that of one place


@pytest.mark.parametrize(
    ("question", "for_doctors"),
    [
        ("ik ben huisarts, opgebrand, Hasselt", True), ("je suis médecin en burn-out, Namur", True), ("i am a gp with burnout, Ghent", True),
        ("uitgeblust leerkracht Hasselt", False), ("infirmière épuisée, Liège", False), ("ausgebrannte Krankenpflegerin, Eupen", False),
    ],
)  # fmt: skip
def test_what_is_for_doctors_alone_is_offered_to_doctors(question: str, *, for_doctors: bool, lexicon: Lexicon) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, ("fr", "nl", "de", "en"), 5).hits
    assert any("doctors" in hit.resource.audiences for hit in hits) == for_doctors


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("Nederlandstalige psycholoog in Schaarbeek", "nl"),
        ("psychologue néerlandophone à Ixelles", "fr"),
        ("Dutch-speaking psychologist Ixelles", "en"),
    ],
)
def test_the_few_psychologists_of_a_language_are_found_among_the_many_of_each(lexicon: Lexicon, question: str, language: str) -> None:
    first = [hit.resource.id for hit in answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 5).hits]
    wishes = Wishes(languages=("nl",))
    assert "cgg-brussel" in first
    assert first == [hit.resource.id for hit in answer(ask(question, wishes, lexicon), wishes, lexicon, (language,), 5).hits]


@pytest.mark.parametrize("language", ["nl", "fr"])
def test_where_no_place_is_said_what_is_of_one_town_stands_behind_what_takes_any_need_everywhere(bench: Bench, language: str) -> None:
    spoken = {"languages": (language,), "km": None}
    of_one_town, in_brussels = (bench.resource("grief", area=area, **spoken) for area in ("any", "region:brussels"))
    line = bench.resource(kind="helpline", area=f"community:{language}", **spoken)
    order = bench.order(Query(needs=("grief",), spoken=(language,)), of_one_town, in_brussels, line)
    assert order[0] == 2


@pytest.mark.parametrize(
    ("question", "language", "line", "treats"),
    [
        ("depresie en angst aalst", "nl", "tele-onthaal-106", {"cgg-zuid-oost-vlaanderen"}),
        ("anxiété verviers", "fr", "tele-accueil-107", {"espace-28-verviers"}),
    ],
)
def test_in_a_town_a_complaint_is_treated_before_it_is_talked_about(
    lexicon: Lexicon, question: str, language: str, line: str, treats: set[str]
) -> None:
    def first(text: str) -> list[str]:
        return [hit.resource.id for hit in answer(ask(text, Wishes(), lexicon), Wishes(), lexicon, (language,), 5).hits]

    shown = first(question)
    assert treats.issubset(shown[: shown.index(line)])
    assert first({"nl": "eenzaam en depressief Gent", "fr": "parler à quelqu'un, dépression, namur"}[language])[0] == line


@pytest.mark.parametrize(
    ("question", "language", "line"),
    [("voeren vrouw 47 depressief", "nl", "tele-onthaal-106"), ("femme 50 ans dépression Kraainem", "fr", "tele-accueil-107")],
)
def test_what_stands_before_a_line_to_talk_to_can_itself_be_called(lexicon: Lexicon, question: str, language: str, line: str) -> None:
    def first(text: str) -> list[Resource]:
        return [hit.resource for hit in answer(ask(text, Wishes(), lexicon), Wishes(), lexicon, (language,), 5).hits]

    shown = first(question)
    before = [resource.id for resource in shown].index(line)
    assert all(resource.phones for resource in shown[:before])
    assert "psychologues-premiere-ligne-adultes" in [resource.id for resource in shown[before:]]
    of_the_list = first(
        {"nl": "psycholoog 11 euro voeren vrouw 47 depressief", "fr": "psychologue à 11 euros dépression Kraainem"}[language]
    )
    assert of_the_list[0].id == "psychologues-premiere-ligne-adultes"


def test_nobody_calls_a_line_of_another_language_to_talk(bench: Bench, lexicon: Lexicon) -> None:
    house = bench.resource("anxiety", area="any", km=None, reach=DOOR)
    line = bench.resource("anxiety", kind="helpline", languages=("nl",), area="community:nl", km=None)
    line.cell = line.cell._replace(resource=lexicon.numbers_of(["tele-onthaal-106"])[0])
    assert bench.order(Query(needs=("anxiety",), spoken=("fr",)), line, house) == [1, 0]


@pytest.mark.parametrize(
    ("question", "language"), [("mevrouw 38 burn-out Geel", "nl"), ("femme 38 ans burn-out Geel", "fr"), ("anxious Tongeren", "en")]
)
def test_the_branch_in_town_stands_before_the_seat_elsewhere(lexicon: Lexicon, question: str, language: str) -> None:
    shown = [hit.resource for hit in answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language, "nl"), 12).hits]
    seat = next(place for place, one in enumerate(shown) if one.id in ("caw-de-kempen", "caw-limburg"))
    branch = next(place for place, one in enumerate(shown) if one.id in ("welzijnscampus-geel", "caw-limburg-tongeren"))
    assert branch < seat


@pytest.mark.parametrize(
    ("question", "language"), [("psychiater in Dendermonde", "nl"), ("burn-out Turnhout", "fr"), ("psychiater in Beernem", "nl")]
)
def test_a_number_stands_once_in_five_rows(lexicon: Lexicon, question: str, language: str) -> None:
    hits = answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), 20).hits
    numbers = [hit.resource.dialled[0].number if hit.resource.dialled else hit.resource.id for hit in hits]
    assert len(numbers) > len(set(numbers))
    assert all(len(set(numbers[row : row + 5])) == 5 for row in range(12))
    for count in (3, 6, 12):
        assert [hit.resource.id for hit in answer(ask(question, Wishes(), lexicon), Wishes(), lexicon, (language,), count).hits] == [
            hit.resource.id for hit in hits[:count]
        ]


def test_two_houses_behind_one_number_that_list_the_need_both_stay(lexicon: Lexicon) -> None:
    hits = answer(ask("mein Mann schlägt mich, zwei Kinder, Raeren", Wishes(), lexicon), Wishes(), lexicon, ("de",), 5).hits
    assert {"prisma-frauenfluchthaus-eupen", "prisma-frauenzentrum-eupen"}.issubset(hit.resource.id for hit in hits)


@pytest.mark.parametrize(
    ("number", "first"), [("0800 13 500", "caw-vlaanderen"), ("0800 30 030", "ecoute-violences-conjugales"), ("1712", "hulplijn-1712")]
)
def test_a_number_is_first_that_of_the_service_whose_own_it_is(lexicon: Lexicon, number: str, first: str) -> None:
    hits = answer(ask(number, Wishes(), lexicon), Wishes(), lexicon, ("nl",), 5).hits
    assert hits[0].resource.id == first
    assert all("name" in hit.why for hit in hits[:2])


@pytest.mark.parametrize(
    ("question", "language", "talk"),
    [
        ("iemand om mee te praten", "nl", ["tele-onthaal-106", "zelfmoordlijn-1813"]),
        ("parler à quelqu'un", "fr", ["tele-accueil-107", "centre-prevention-suicide"]),
    ],
)
def test_somebody_to_talk_to_at_night_speaks_the_language_and_the_suicide_line_is_one_of_them(
    lexicon: Lexicon, question: str, language: str, talk: list[str]
) -> None:
    wishes = Wishes(open_at=Moment(datetime(2026, 11, 24, 23, 0, tzinfo=clock.BRUSSELS), now=True))
    hits = answer(ask(question, wishes, lexicon), wishes, lexicon, (language,), 10).hits
    first = [hit.resource for hit in hits if hit.openings is not None and hit.openings.best.state == "open"]
    assert [resource.id for resource in first[:2]] == talk
    spoken = [language in resource.languages for resource in first]
    assert spoken == sorted(spoken, reverse=True)


@pytest.mark.parametrize(("question", "language"), [("schizofrenie zoon Brugge", "nl"), ("alcool arlon", "fr")])
def test_how_far_the_seat_of_what_serves_a_community_is_says_nothing(lexicon: Lexicon, question: str, language: str) -> None:
    def far(wishes: Wishes) -> set[str]:
        hits = answer(ask(question, wishes, lexicon), wishes, lexicon, (language,), 60).hits
        wide = [hit for hit in hits if {"area:country:be", f"area:community:{language}"}.intersection(hit.why)]
        return {hit.resource.id for hit in wide if (hit.distance_km or 0) > 30}

    assert far(Wishes()) == set()
    assert far(Wishes(near=400.0))
