"""What `ht` makes of two hundred questions is known to the last point: whoever changes a number sees what it changes."""

from difflib import unified_diff

from tests.search.answering import lines, written


def test_every_question_is_read_and_answered_as_it_is_written_down() -> None:
    changed = list(unified_diff(written(), list(lines()), "answers.txt", "now", n=2, lineterm=""))
    assert not changed, "\n".join([*changed[:60], "if that is meant: python -m tests.search.answering"])
