"""The sentences around a directory: title, headings, cautions, what leads from one part to another."""

from ht_cli.dates import day_text
from ht_cli.exchange.directory import Directory
from ht_cli.exchange.reference import Reference
from ht_cli.locale import translate as _
from ht_cli.shapes import NamedTuple


class Frame(NamedTuple):
    """What is said around the entries, in the language of the file."""

    title: str
    lead: str
    caution: str
    call_now: str
    contents: str
    by_place: str
    by_need: str
    need_note: str
    wider: str
    elsewhere: str
    to_contents: str
    credits: str
    colon: str


def frame_of(directory: Directory, reference: Reference) -> Frame:
    """Say what stands around the entries of a directory."""
    return Frame(
        title=_("Mental-health help in Belgium"),
        lead=" ".join(filter(None, (_lead(directory.total, reference.released), _made(reference.made_at)))),
        caution=_caution(directory.total, directory.checked),
        call_now=_("Are you in danger, or somebody else? Call:"),
        contents=_("Contents"),
        by_place=_("By place"),
        by_need=_("By need"),
        need_note=_("Each name leads to its description, which is under the place that stands before it."),
        wider=_("For people here too"),
        elsewhere=_("Helps here too, described elsewhere"),
        to_contents=_("Back to the contents"),
        credits=_("Where this comes from"),
        colon=_("{label}: {value}").format(label="", value="").rstrip().replace(" ", "\u00a0"),  # French
    )


def _lead(count: int, released: str) -> str:
    if not released:
        return _("Resources in this directory: {count}.").format(count=count)
    return _("Resources in this directory: {count}. Catalogue version: {version}.").format(count=count, version=released)


def _made(moment: str) -> str:
    return _("Made on {date}.").format(date=day_text(moment[:10])) if moment else ""


def _caution(count: int, checked: int) -> str:
    if not checked:
        return _("Nobody has checked these facts yet: call or look at the site before you rely on one.")
    return _("Checked by a person: {checked} of {count}. Call or look at the site before you rely on a fact.").format(
        checked=checked, count=count
    )
