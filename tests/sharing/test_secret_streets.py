"""The street of a refuge does not travel, though somebody first wrote it in the clear."""

from pathlib import Path

import pytest

from tests.catalogue.facts import facts, faults_of
from tests.sharing.two import Two

REFUGE = ("add", "--name", "Refuge Zinnia", "--kind", "service", "--city", "namur", "--street", "Rue Canari 9", "--postcode", "5000",
          "--need", "grief", "--language", "fr", "--phone", "081 22 33 47", "--yes")  # fmt: skip


def test_a_street_made_confidential_before_it_was_sent_never_leaves_and_the_house_does(two: Two, tmp_path: Path) -> None:
    two.does("a", *REFUGE)
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.does("a", "update", "refuge-zinnia", "--set", "email=info@example.org", "--yes")
    two.does("a", "verify", "refuge-zinnia", "--how", "phone")
    two.does("a", "report", "refuge-zinnia", "nobody answers", "--yes")
    assert "does not leave" in two.sync("a", "b")
    assert "Canari" not in two.sent()
    assert "nobody answers" in two.sent()
    assert two.refuge_of_b()["email"] == "info@example.org"
    assert not two.refuge_of_b().get("addresses")
    assert "nothing waits" in two.fails("b", "conflicts")
    packet = tmp_path / "packet.jsonl"
    assert "does not leave" not in two.does("a", "send", str(packet)).err  # it is marked throughout by now
    assert "Canari" not in packet.read_text("utf-8")
    assert "Canari" in str(two.refuge_of("a")["addresses"])


@pytest.mark.parametrize(
    "acts",
    [
        (("street=Rue Canari 11",), ("confidential=true",)),  # the number came later
        (("street=Rue Canari 22", "confidential=true"),),  # in one act
        (("postcode=5002",), ("confidential=true",)),  # the postcode was mended first
        (("street=Rue Canari 11", "confidential=true"), ("street=Rue Canari 12",)),  # one secret street after another
    ],
)
def test_whatever_was_said_of_a_street_before_it_was_secret_stays_here(two: Two, tmp_path: Path, acts: tuple[tuple[str, ...], ...]) -> None:
    two.does("a", *REFUGE)
    for act in acts:
        two.does("a", "update", "refuge-zinnia", *(word for said in act for word in ("--set", said)), "--yes")
    two.does("a", "send", str(tmp_path / "packet.jsonl"))
    assert "Canari" not in (tmp_path / "packet.jsonl").read_text("utf-8")
    two.sync("a", "b")
    assert "Canari" not in two.sent()
    assert "Canari" not in two.does("b", "history").out + two.does("b", "show", "refuge-zinnia", "--json").out


def test_another_house_in_the_same_street_changes_nothing(two: Two) -> None:
    office = [word if word != "Refuge Zinnia" else "Bureau Dahlia" for word in REFUGE]
    two.does("a", *[word if not word.startswith("081") else "081 22 33 58" for word in office])
    two.does("a", *REFUGE)
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.sync("a", "b")
    assert not two.refuge_of_b().get("addresses")
    assert two.sent().count("Canari") == 1  # the office alone


@pytest.mark.parametrize("act", [("verify", "--how", "phone"), ("update", "--set", "street=Rue Canari 44", "--yes")])
def test_who_checked_or_moved_a_street_not_knowing_that_it_became_secret_makes_nothing_public(two: Two, act: tuple[str, ...]) -> None:
    two.does("a", *REFUGE)
    two.sync("a", "b")
    two.does("b", act[0], "refuge-zinnia", *act[1:])
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.sync("a", "b", "a", "b")
    assert [address["confidential"] for address in two.refuge_of("a")["addresses"]] == [True]
    assert all(address["confidential"] for address in two.refuge_of_b().get("addresses", ()))  # what b alone has typed stays with b
    for name in "ab":
        shown = two.does(name, "show", "refuge-zinnia", "--format", "records").out + two.does(name, "history").out
        assert "Canari" not in shown


def test_what_was_moved_by_who_did_not_know_waits_to_be_settled_and_is_shown_to_nobody(two: Two) -> None:
    two.does("a", *REFUGE)
    two.sync("a", "b")
    two.does("b", "update", "refuge-zinnia", "--set", "street=Rue Canari 44", "--yes")
    assert "Others may have this address" in two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes").err
    two.sync("a", "b", "a", "b")
    for name in "ab":
        for form in ("records", "tsv", "json"):
            waiting = two.does(name, "conflicts", "--format", form).out
            assert "Canari" not in waiting
        assert "kept confidential" in waiting
        assert "Canari" not in two.does(name, "history", "refuge-zinnia", "--json").out
    two.does("a", "conflicts", "refuge-zinnia", "--keep")
    two.sync("a", "b")
    assert not two.refuge_of_b().get("addresses")
    assert "nothing waits" in two.fails("b", "conflicts")


@pytest.mark.parametrize("from_the_start", [False, True])
@pytest.mark.parametrize("sent", [False, True])
def test_who_writes_an_address_not_knowing_that_the_secret_one_moved_is_hidden_and_everybody_goes_on(
    two: Two, tmp_path: Path, from_the_start: bool, sent: bool
) -> None:
    two.does("a", *REFUGE, *(["--confidential"] if from_the_start else []))
    two.sync("a", "b")
    if not from_the_start:
        two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.does("a", "update", "refuge-zinnia", "--set", "street=Rue Canari 12", "--yes")
    two.does("b", "update", "refuge-zinnia", "--set", "street=Rue Serin 5", "--set", "city=namur", "--set", "postcode=5000", "--yes")
    if sent:
        two.does("b", "send", str(tmp_path / "b.jsonl"))
        two.does("a", "take", str(tmp_path / "b.jsonl"), "--yes")
    two.sync("a", "b", "a", "c")
    for name in "abc":
        assert "Serin" not in two.does(name, "show", "refuge-zinnia", "--format", "records").out
    assert "Canari 12" not in two.sent()
    assert "Canari 12" in str(two.refuge_of("a")["addresses"])
    if sent or not from_the_start:
        assert two.does("b", "conflicts", "--format", "ids").out.startswith("refuge-zinnia")


def test_nobody_makes_public_by_settling_what_was_moved_before_the_mark_was_heard_of(two: Two) -> None:
    two.does("a", *REFUGE)
    two.sync("a", "b")
    two.does("b", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.does("a", "update", "refuge-zinnia", "--set", "street=Rue Canari 55", "--yes")
    two.sync("a", "b", "a")
    for name in "ab":
        for form in ("records", "tsv", "json"):
            assert "Canari" not in two.does(name, "conflicts", "--format", form).out
        assert "everybody would see it" in two.does(name, "conflicts", "--format", "records").out
        assert "add --yes" in two.fails(name, "conflicts", "refuge-zinnia", "--field", "addresses", "--take")
        assert "Canari" not in two.does(name, "history", "refuge-zinnia", "--json").out


def test_taken_back_and_added_again_as_confidential_it_is_shared_without_its_street(two: Two) -> None:
    two.does("a", *REFUGE)
    two.does("a", "undo", "--last", "1", "--yes")
    two.does("a", *REFUGE, "--confidential")
    two.sync("a", "b")
    assert "Canari" not in two.sent()
    assert two.refuge_of_b()["name"] == "Refuge Zinnia"
    assert "Canari" not in two.does("b", "history").out


def test_what_marks_a_street_that_travelled_already_goes_where_it_is_known(two: Two) -> None:
    two.does("a", *REFUGE)
    two.sync("a", "b")
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.sync("a", "b")
    assert all("Canari" not in str(address) for address in two.refuge_of_b().get("addresses", ()))


def test_a_street_made_public_again_travels(two: Two) -> None:
    two.does("a", *REFUGE, "--confidential")
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=false", "--yes")
    two.sync("a", "b")
    assert "Canari" in str(two.refuge_of_b()["addresses"])


def test_a_packet_that_says_which_known_address_became_secret_is_said_to_be_for_keepers_alone(two: Two, tmp_path: Path) -> None:
    two.does("a", *REFUGE)
    assert "keepers alone" not in two.does("a", "send", str(tmp_path / "first.jsonl")).err
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    assert "refuge-zinnia" in (said := two.does("a", "send", str(tmp_path / "second.jsonl")).err)
    assert "give it to keepers alone, and not by open mail" in said
    two.does("b", *REFUGE, "--confidential")
    assert "keepers alone" not in two.does("b", "send", str(tmp_path / "third.jsonl")).err


def test_what_was_hidden_by_a_sync_is_hidden_again_after_a_restore_and_keeps_its_street_here(two: Two, tmp_path: Path) -> None:
    two.does("a", *REFUGE)
    two.does("a", "update", "refuge-zinnia", "--set", "confidential=true", "--yes")
    two.does("a", "info", "--backup", str(tmp_path / "keep.db"))
    two.sync("a")
    two.does("a", "restore", str(tmp_path / "keep.db"), "--yes")
    two.sync("a", "b", "a")
    two.does("a", "send", str(tmp_path / "packet.jsonl"))
    assert "Canari" not in two.sent() + (tmp_path / "packet.jsonl").read_text("utf-8")
    assert "Canari 9" in str(two.refuge_of("a")["addresses"])
    assert two.refuge_of_b()["name"] == "Refuge Zinnia"
    assert faults_of(two.paths["a"], deep=False) == []


def test_what_is_marked_before_it_leaves_is_marked_in_the_facts_too(two: Two, tmp_path: Path) -> None:
    two.does("b", "update", "realism", "--set", "city=gent", "--set", "street=Rue Serin 1", "--yes")
    two.does("a", "update", "realism", "--set", "city=namur", "--set", "street=Rue Canari 1", "--set", "postcode=5000",
             "--set", "confidential=yes", "--yes")  # fmt: skip
    two.does("a", "verify", "realism", "--how", "phone")
    two.does("a", "send", str(tmp_path / "a.jsonl"))
    two.does("b", "take", str(tmp_path / "a.jsonl"), "--yes")
    two.sync("b", "a", "b")
    assert faults_of(two.paths["b"], deep=False) == []
    checks = [facts(two.paths[name])["realism"]["fact_checks"] for name in "ab"]
    assert checks[0] == checks[1]


def test_a_proposal_to_move_a_secret_street_is_accepted_where_the_street_is_known_and_waits_elsewhere(two: Two) -> None:
    two.does("a", *REFUGE, "--confidential")
    two.does("a", "update", "refuge-zinnia", "--set", "street=Rue Canari 12", "--propose", "--yes")
    two.sync("a", "b")
    proposed = two.does("b", "report", "--format", "ids").out.split()[0]
    assert "only where it was proposed" in two.fails("b", "report", "--accept", proposed, "--yes")
    two.sync("b", "a")
    two.does("a", "report", "--accept", proposed, "--yes")
    assert "Canari 12" in str(two.refuge_of("a")["addresses"])


def test_a_secret_street_that_moved_is_unchecked_for_everybody(two: Two) -> None:
    two.does("a", *REFUGE, "--confidential")
    two.does("a", "verify", "refuge-zinnia", "--how", "visit")
    two.does("a", "update", "refuge-zinnia", "--set", "street=Rue Canari 12", "--yes")
    two.sync("a", "b")
    known, heard = two.refuge_of("a"), two.refuge_of("b")
    assert "checked_on" not in known
    assert {field: value for field, value in known.items() if field != "addresses"} == heard
