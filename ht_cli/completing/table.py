"""What each option and each word of a command wants, by the names of `candidates.py`.

The commands know it themselves, and to ask them costs more than a key press may: a test holds this table against them.
"""

FLAG, TEXT, FILE, FOLDER, COMMAND = "flag", "text", "file", "folder", "command"  # text: nothing to offer

_QUESTION = (
    "--city/-c=city --need/-n=needs --audience/-a=audiences --offer=offers --kind/-k=kinds --age=text --language=languages"
    " --channel=channels --online --free --without-referral --near=text --exact --all"
)
_FORMAT = "--format=form --json --csv --output/-o=file"
_FILED = f"{_FORMAT} --force"
_READ = "--locale=language --catalogue=file"
_PAGED = f"{_FILED} --no-pager {_READ}"
_WRITE = f"--dry-run --by=text {_READ}"
_ASKED = f"--yes/-y {_WRITE}"
_SIDES = f"--ours --theirs {_ASKED}"
_LISTS = {
    "need": "needs", "offer": "offers", "audience": "audiences", "language": "languages", "channel": "channels", "area": "area",
    "phone": TEXT, "name": TEXT, "source": TEXT,
}  # fmt: skip
_MORE_AND_LESS = " ".join(f"--add-{name}={wanted} --remove-{name}={wanted}" for name, wanted in _LISTS.items())

OPTIONS = {
    "": "--catalogue=file --locale=language --version",
    "find": f"{_QUESTION} --open-now --open-at=text --limit=text --explain --private --fields=columns {_PAGED}",
    "browse": _READ,
    "urgent": f"--fields=columns {_PAGED}",
    "show": f"--notes --show-confidential --fields=columns {_PAGED}",
    "guide": f"--list {_FILED} --no-pager --locale=language",
    "networks": f"--fields=columns {_PAGED}",
    "map": f"--youth --adult --need/-n=needs --resources --zoom=area {_PAGED}",
    "terms": _PAGED,
    "open": _READ,
    "sheet": f"--format=sheet-form --pdf --sms --eml --vcard --for=text --output/-o=file --force {_READ}",
    "export": f"{_QUESTION} --since=text --format=export-form --json --csv --excel --fields=export-columns --vcard-version=card-version --stamp --schema --front-matter"
    f" --output/-o=file --force --no-pager {_READ}",
    "verify": f"--field=checkable --how=how --failed {_WRITE}",
    "due": f"--kind/-k=kinds --city/-c=city --limit=text --take=text --mine --round --by=text {_FILED} {_READ}",
    "update": f"--set/-s=assignment {_MORE_AND_LESS} --edit --propose --show-confidential --reason=text {_ASKED}",
    "add": "--name=text --kind/-k=kinds --city/-c=city --serves=area --need/-n=needs --offer=offers --audience/-a=audiences"
    " --language=languages --channel=channels --phone=text --email=text --url=text --street=text --postcode=city --confidential"
    f" --description=text --cost=costs --hours=text --source=text --set/-s=assignment --from=file --resume --edit --force {_ASKED}",
    "remove": f"--reason=text --successor=id --duplicate-of=id --reopen {_ASKED}",
    "history": f"--show-confidential --by=text --since=text --until=text --limit=text {_PAGED}",
    "report": f"--field=checkable --accept=text --done=text --yes/-y --by=text {_FILED} {_READ}",
    "sync": f"--init {_READ}",
    "send": f"--since=text --force {_READ}",
    "take": _ASKED,
    "restore": f"--yes/-y --dry-run {_FILED} {_READ}",
    "conflicts": f"--field=checkable --settle --keep --take --yes/-y --by=text {_FILED} {_READ}",
    "undo": f"--last=text --to=text {_ASKED}",
    "doctor": f"--explain --fix --links --by=text {_PAGED}",
    "import": f"--skip-bad --force {_ASKED}",
    "merge": _SIDES,
    "info": f"--backup=file --check --repair --charts {_PAGED}",
    "upgrade": _SIDES,
    "completion": "--locale=language",
    "validate": f"{_FILED} {_READ}",
    "help": "--no-pager",
}
WORDS = {
    "find": "words…", "browse": "words…", "urgent": "area…", "show": "id…", "guide": "page", "networks": "area…", "map": "area…",
    "terms": "topic", "open": "id", "sheet": "id…", "export": "words…", "verify": "id", "update": "id", "remove": "id", "history": "id",
    "undo": "change…", "doctor": "id…", "import": FILE, "merge": FILE, "report": "id", "restore": TEXT, "sync": FOLDER, "send": FILE, "take": FILE, "conflicts": "id", "completion": "shell", "validate": FILE, "help": COMMAND,
}  # fmt: skip


def options_of(command: str) -> dict[str, str]:
    """Give what each option of a command wants, by its names; those of `ht` itself for no command."""
    wanted: dict[str, str] = {}
    for option in f"{OPTIONS[command]} --help/-h".split():
        names, _mark, value = option.partition("=")
        wanted |= dict.fromkeys(names.split("/"), value or FLAG)
    return wanted


def word_of(command: str, position: int) -> str:
    """Give what a word of a command wants, counted from 0."""
    wanted = WORDS.get(command, TEXT)
    if wanted.endswith("…"):
        return wanted.removesuffix("…")
    return wanted if position == 0 else TEXT
