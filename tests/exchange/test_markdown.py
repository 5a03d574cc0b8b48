import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path

import pypandoc
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from ht_cli.exchange import markdown
from ht_cli.exchange.markdown import escape
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.safety import one_line
from ht_cli.model import Address, Resource
from tests.conftest import Outcome

LINKS = ("http://", "https://", "mailto:", "tel:", "#")
READERS = {
    "commonmark": MarkdownIt("commonmark"),
    "github": MarkdownIt("gfm-like", {"html": True, "linkify": True, "typographer": False}),
}


@pytest.fixture
def shown(every_resource: list[Resource]) -> list[Resource]:
    return [resource for resource in every_resource if resource.status == "active"]


def text_of(resources: list[Resource], reference: Reference) -> str:
    return "".join(markdown.pieces(resources, reference))


def flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from flat(token.children or [])


def said(tokens: list[Token]) -> str:
    """The text that a reader sees."""
    return "".join(token.content for token in flat(tokens) if token.type in ("text", "text_special"))


def headings(tokens: list[Token]) -> list[str]:
    return [said([after]) for before, after in pairwise(tokens) if before.type == "heading_open"]


def anchors(tokens: list[Token]) -> list[str]:
    """The anchors as GitHub makes them, the second of a kind counted."""
    seen: Counter[str] = Counter()
    made = []
    for heading in headings(tokens):
        anchor = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        made.append(f"{anchor}-{seen[anchor]}" if seen[anchor] else anchor)
        seen[anchor] += 1
    return made


def targets(tokens: list[Token]) -> list[str]:
    return [str(token.attrs["href"]) for token in flat(tokens) if token.type == "link_open"]


def test_every_resource_is_described_once_and_every_link_leads_somewhere(shown: list[Resource], reference: Reference) -> None:
    tokens = READERS["commonmark"].parse(text_of(shown, reference))
    there = anchors(tokens)
    assert len(there) == len({*there})
    assert {resource.id for resource in shown} <= {*there}
    led_to = {target[1:] for target in targets(tokens) if target.startswith("#")}
    assert led_to <= {*there}
    assert {resource.id for resource in shown} <= led_to


@pytest.mark.parametrize("reader", READERS)
def test_what_is_read_is_what_the_catalogue_says(reader: str, shown: list[Resource], reference: Reference) -> None:
    shown = shown[::6]
    tokens = READERS[reader].parse(text_of(shown, reference))
    ids = [said([after]) for before, after in pairwise(tokens) if before.type == "heading_open" and before.tag == "h4"]
    assert sorted(ids) == sorted(resource.id for resource in shown)
    paragraphs = {said([token]) for token in tokens if token.type == "inline"}
    assert {one_line(resource.name) for resource in shown} <= {paragraph.split(" · ")[0] for paragraph in paragraphs}
    assert {one_line(resource.descriptions["fr"]) for resource in shown} <= paragraphs
    assert {f"mailto:{resource.email}" for resource in shown if resource.email} <= {*targets(tokens)}


def test_headings_go_down_one_step_at_a_time(shown: list[Resource], reference: Reference) -> None:
    levels = [int(token.tag[1]) for token in READERS["commonmark"].parse(text_of(shown[::9], reference)) if token.type == "heading_open"]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("reader", READERS)
def test_hostile_texts_are_never_markup(reader: str, hostile: list[Resource], reference: Reference) -> None:
    text = text_of(hostile, reference)
    tokens = READERS[reader].parse(text)
    kinds = {token.type for token in flat(tokens)}
    assert not kinds & {
        "html_block",
        "html_inline",
        "image",
        "code_inline",
        "code_block",
        "fence",
        "table_open",
        "s_open",
        "hr",
        "blockquote_open",
        "ordered_list_open",
    }
    assert all(target.startswith(LINKS) for target in targets(tokens))
    assert not {*text} & {*"\x00\x1b\u202e\ud800\u2028\x85\r"}
    assert "{{" not in text
    assert one_line(hostile[0].name) in [said([after]) for before, after in pairwise(flat(tokens)) if before.type == "strong_open"]
    assert "Secrète" not in text


@settings(deadline=None)
@given(st.text(max_size=60) | st.text("*_`[]()<>&#|~!\\:;.@-+=1 \n\t{}$^/wéx", max_size=30))
def test_any_text_reads_as_it_was_written_in_a_paragraph_an_item_and_a_heading(text: str) -> None:
    wanted = one_line(text)
    for reader in READERS.values():
        for line in (f"{escape(text)}\n", f"- **a**: {escape(text)}\n", f"#### {escape(text)}\n", f"[{escape(text)}](#x)\n"):
            tokens = reader.parse(line)
            assert said(tokens).removeprefix("a: " if line.startswith("- **a") and wanted else "a:").strip() == wanted or not wanted
            markup = [
                token.type
                for token in flat(tokens)
                if token.type.startswith(("em_", "code", "image", "html_block", "s_", "fence", "table"))
            ]
            assert not markup


def test_a_bare_address_in_a_text_is_not_made_a_link_by_those_who_would(reference: Reference, resource: Callable[[str], Resource]) -> None:
    text = "Voir http://a.example, www.a.example ou x@a.example"
    tokens = READERS["github"].parse(text_of([resource("pbsm")._replace(descriptions={"fr": text})], reference))
    assert not [target for target in targets(tokens) if "a.example" in target]
    assert text in [said([token]) for token in tokens if token.type == "inline"]


def test_a_text_in_another_language_is_marked_with_it(resource: Callable[[str], Resource], reference: Reference) -> None:
    text = text_of([resource("pbsm")._replace(descriptions={"de": "Hilfe."})], reference)
    assert "Hilfe" in text
    assert "(allemand)" in text


def test_a_confidential_address_never_shows(resource: Callable[[str], Resource], reference: Reference) -> None:
    hidden = Address("Rue Secrète 1", "4000", "Liège-Cachée", "62063", confidential=True)
    text = text_of([resource("pbsm")._replace(addresses=(hidden,))], reference)
    assert "Secrète" not in text
    assert "Cachée" not in text


def test_the_lines_to_call_now_come_first(shown: list[Resource], reference: Reference) -> None:
    assert targets(READERS["commonmark"].parse(text_of(shown[:5], reference)))[0] == "tel:112"


def test_two_runs_give_the_same_bytes_whatever_the_order(shown: list[Resource], reference: Reference) -> None:
    assert text_of(shown, reference) == text_of(shown[::-1], reference)


class Anchored(HTMLParser):
    """What a page of another program leads to, what leads there, and what is read in it."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if told.get("id"):
            self.ids.append(str(told["id"]))
        if tag == "a" and str(told.get("href", "")).startswith("#"):
            self.links.add(str(told["href"])[1:])

    def handle_data(self, data: str) -> None:
        self.text += data


def with_hugo(path: Path, folder: Path) -> str:
    (folder / "content").mkdir()
    (folder / "layouts").mkdir()
    (folder / "layouts" / "single.html").write_text("<title>{{ .Title }}</title><main>{{ .Content }}</main>")
    (folder / "hugo.toml").write_text('disableKinds = ["home", "taxonomy", "term", "rss", "sitemap", "404"]\n')
    (folder / "content" / "directory.md").write_bytes(path.read_bytes())
    run = subprocess.run(["hugo", "--source", str(folder)], capture_output=True, text=True, check=False, env=WHERE)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "WARN" not in run.stdout + run.stderr
    return (folder / "public" / "directory" / "index.html").read_text("utf-8")


def with_mkdocs(path: Path, folder: Path) -> str:
    (folder / "docs").mkdir()
    (folder / "docs" / "index.md").write_bytes(path.read_bytes())
    (folder / "mkdocs.yml").write_text("site_name: x\nplugins: []\nvalidation: {anchors: warn}\n")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    run = subprocess.run(command, capture_output=True, text=True, check=False, env=WHERE | {"NO_MKDOCS_2_WARNING": "1"})
    assert run.returncode == 0, run.stdout + run.stderr
    page = (folder / "site" / "index.html").read_text("utf-8")
    return page[page.index('role="main"') - 10 : page.index("<footer")]


def with_pandoc(path: Path, _folder: Path) -> str:
    return subprocess.run(["pandoc", "--from", "markdown", str(path)], capture_output=True, text=True, check=True, env=WHERE).stdout


def with_pandoc_as_github_writes(path: Path, _folder: Path) -> str:
    return subprocess.run(["pandoc", "--from", "gfm", str(path)], capture_output=True, text=True, check=True, env=WHERE).stdout


WHERE = {"PATH": f"{Path(sys.executable).parent}:{Path(pypandoc.get_pandoc_path()).parent}"}
PROGRAMS = {
    f"Hugo {version('hugo')}": with_hugo, f"MkDocs {version('mkdocs')}": with_mkdocs, "pandoc": with_pandoc,
    "pandoc, GitHub's Markdown": with_pandoc_as_github_writes,
}  # fmt: skip


@pytest.mark.parametrize("program", PROGRAMS)
def test_every_link_works_and_every_text_is_read_in(
    program: str, shown: list[Resource], hostile: list[Resource], make_reference: Callable[[str], Reference], tmp_path: Path
) -> None:
    reference = make_reference("fr")
    some = [*shown[::24], *hostile[:1]]
    source = tmp_path / "source.md"
    source.write_text(text_of(some, reference._replace(front_matter="GitHub" not in program)), "utf-8")
    page = Anchored()
    page.feed(PROGRAMS[program](source, tmp_path))
    assert len(page.links) > len(some)
    assert page.links <= {*page.ids}
    assert {resource.id for resource in shown[::24]} <= page.links
    read = " ".join(page.text.split())
    assert "raw HTML omitted" not in read
    assert not re.search(r"\\[@&<>|~$^]|&#|&amp;", read.replace("&amp; {{ x }}", ""))
    for resource in shown[::24]:
        assert curly(resource.name) in curly(read)
        assert curly(resource.email) in curly(read)


def curly(text: str) -> str:
    """Leave the marks aside that Hugo and pandoc set as printers do, which is their default."""
    return re.sub(r"['’‘\"“”«»]|\.\.\.|…|[-–—]+|\s", "", text)


def test_headings_never_share_an_anchor(resource: Callable[[str], Resource], reference: Reference) -> None:
    taken = [resource("pbsm")._replace(id=identifier) for identifier in ("services", "services-1", "sommaire", "107", "a--b", "Par besoin")]
    tokens = READERS["commonmark"].parse(text_of(taken, reference))
    led_to = {target[1:] for target in targets(tokens) if target.startswith("#")}
    assert len(anchors(tokens)) == len({*anchors(tokens)})
    assert led_to <= {*anchors(tokens)}
    assert all(re.fullmatch("[a-z][a-z0-9]*(-[a-z0-9]+)*", anchor) for anchor in led_to)


def test_front_matter_says_title_and_language_and_takes_the_place_of_the_title(ht: Callable[..., Outcome]) -> None:
    out = ht("export", "realism", "--format", "markdown", "--front-matter", "--locale", "nl").out
    _nothing, front, text = out.split("---\n", 2)
    told = yaml.safe_load(front)
    assert told["lang"] == "nl"
    assert told["title"] == "Hulp bij mentale gezondheid in België"
    assert "# " + told["title"] not in text
    assert ht("export", "realism", "--format", "csv", "--front-matter").exit_code == 2
