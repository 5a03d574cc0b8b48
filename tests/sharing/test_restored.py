"""What a device writes after an earlier state was brought back is told apart from what it had written since that state."""

from pathlib import Path

from tests.catalogue.facts import facts
from tests.sharing.two import Two


def _confirmed(two: Two, name: str, identifier: str, field: str) -> bool:
    record = facts(two.paths[name])[identifier]
    return any(check["field"] == field for check in record.get("fact_checks", ()))


def test_a_check_after_a_restore_confirms_nothing_that_only_comes_back(two: Two, tmp_path: Path) -> None:
    two.does("a", "update", "realism", "--set", "notes=x", "--yes")
    two.sync("a")
    two.does("a", "info", "--backup", str(tmp_path / "keep.db"))
    two.does("a", "update", "realism", "--set", "phone=04 342 12 99", "--yes")
    two.sync("a")
    two.does("a", "restore", str(tmp_path / "keep.db"), "--yes")
    two.does("a", "update", "realism", "--set", "phone=04 342 12 12", "--yes")
    two.does("a", "verify", "realism", "--field", "phone", "--how", "phone")
    two.sync("a", "b")
    for name in "ab":
        numbers = [phone["number"] for phone in facts(two.paths[name])["realism"]["phones"]]
        assert "+3243421299" not in numbers or not _confirmed(two, name, "realism", "phones")


def test_what_was_confirmed_before_a_restore_is_not_written_over_unseen_by_what_is_said_after_it(two: Two, tmp_path: Path) -> None:
    two.does("a", "update", "similes-vlaanderen", "--set", "notes=n0", "--yes")
    two.does("a", "info", "--backup", str(tmp_path / "keep.db"))
    two.does("a", "verify", "similes-vlaanderen", "--field", "email", "--how", "phone")
    two.sync("a")
    two.does("a", "restore", str(tmp_path / "keep.db"), "--yes")
    two.does("a", "update", "similes-vlaanderen", "--set", "notes=n1", "--yes")
    two.does("a", "update", "similes-vlaanderen", "--set", "email=new@similes.be", "--yes")
    two.sync("a", "b")
    for name in "ab":
        assert facts(two.paths[name])["similes-vlaanderen"]["email"] == "info@similes.be"
        assert _confirmed(two, name, "similes-vlaanderen", "email")
        assert "new@similes.be" in two.does(name, "conflicts", "--json").out
