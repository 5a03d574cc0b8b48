import shutil
from pathlib import Path

from babel.messages.pofile import read_po

from ht_cli import locale
from ht_cli.locale.gathering import add_new, gathered


def german(folder: Path) -> Path:
    copy = folder / "ht.po"
    shutil.copyfile(Path(locale.DIRECTORY, "de", "LC_MESSAGES", "ht.po"), copy)
    return copy


def test_what_is_said_is_gathered_with_where_and_in_which_forms() -> None:
    said = gathered()
    counted = said["{count} resource."]
    assert counted.id == ("{count} resource.", "{count} resources.")
    assert "ht_cli/commands/_deeds.py" in [place for place, _line in counted.locations]
    assert said["see: {command}"] is not None  # inside an f-string
    assert said["Usage:"] is not None  # through the module
    assert said["Scan to call"] is not None  # in a template


def test_nothing_waits_and_nothing_is_added_where_all_is_translated(tmp_path: Path) -> None:
    copy = german(tmp_path)
    before = copy.read_bytes()
    assert add_new(copy, gathered())[0] == []
    assert copy.read_bytes() == before


def test_what_is_new_comes_at_the_end_with_its_plural_and_the_rest_stays(tmp_path: Path) -> None:
    copy = german(tmp_path)
    before = copy.read_text("utf-8")
    said = gathered()
    said.add('A "new" sentence.', locations=[("ht_cli/app.py", 1), ("ht_cli/usage.py", 1)])
    said.add(("{count} new thing", "{count} new things"), locations=[("ht_cli/app.py", 1)])
    waiting, _unsaid = add_new(copy, said)
    assert [message.id for message in waiting] == ['A "new" sentence.', ("{count} new thing", "{count} new things")]
    after = copy.read_text("utf-8")
    assert after.startswith(before)
    assert '#: ht_cli/app.py ht_cli/usage.py\nmsgid "A \\"new\\" sentence."\nmsgstr ""\n' in after
    with copy.open("rb") as file:
        assert read_po(file)["{count} new thing"].string == ("", "")
    assert [message.id for message in add_new(copy, said)[0]] == [message.id for message in waiting]  # twice is once
    assert copy.read_text("utf-8") == after


def test_a_sentence_that_nothing_says_any_more_is_named(tmp_path: Path) -> None:
    copy = german(tmp_path)
    with copy.open("a", encoding="utf-8") as file:
        file.write('\nmsgid "long ago"\nmsgstr "vor langer Zeit"\n')
    assert "long ago" in [message.id for message in add_new(copy, gathered())[1]]
