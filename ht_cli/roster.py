"""The commands: the name of each, its line of help, and the family under which the help lists it.

Read by the app, by shell completion and by the tests; it imports nothing.
"""


def _(text: str) -> str:
    """Mark a line of help for translation; it is translated when it is shown."""
    return text


FAMILIES = {
    _("Find"): {
        "find": _("Find help by town, need and person, in your own words."),
        "browse": _("Find help while you type, and take it along with one key."),
        "urgent": _("Give the lines to call now."),
        "show": _("Show everything known of one resource."),
        "guide": _("Read where to begin, page by page: groups, networks, platforms, and what to do in an emergency."),
        "networks": _("Name the networks for adults and for the young, or those of one place."),
        "map": _("Draw who serves where: the networks, how many services, where they are."),
        "terms": _("List what one can search for: needs, offers, audiences, cities."),
        "open": _("Open the site of a resource in the browser."),
    },
    _("Take along"): {
        "sheet": _("Make one page for a client: numbers, hours, address, what to say, and the urgent lines."),
        "export": _("Write resources to a file, in the format that another program expects."),
    },
    _("Keep true"): {
        "verify": _("Confirm the facts of a resource, or say that it could not be reached."),
        "due": _("Say what to check next."),
        "report": _("Tell the keepers that something is wrong, and answer what was told."),
        "update": _("Change facts of one resource."),
        "add": _("Add a resource."),
        "remove": _("Close a resource, or join a duplicate to another one."),
        "history": _("Show what was changed, the newest first."),
        "undo": _("Take changes back."),
        "restore": _("Bring an earlier state of your catalogue back, from its backups."),
        "doctor": _("Examine the facts: what is missing, impossible or unsafe."),
        "import": _("Bring in changes from a file: a table, a workbook, JSON, HSDS or another catalogue."),
    },
    _("Together"): {
        "sync": _("Exchange changes with other keepers, through a folder or a PostgreSQL database."),
        "conflicts": _("Show what two people said differently, and say which is right."),
        "send": _("Write what keepers changed into one small file for mail."),
        "take": _("Take in what a colleague sent."),
        "merge": _("Join a colleague's catalogue with yours."),
    },
    _("Set up and look after"): {
        "info": _("Say which catalogue is read, how old it is, and where it comes from."),
        "upgrade": _("Bring a newer release into your own catalogue."),
        "completion": _("Print the completion script of a shell."),
        "validate": _("Check an HSDS file: where it breaks the rules, and what is allowed."),
        "help": _("Say how ht, or one of its commands, is used."),
    },
}
GOING_ON = (*FAMILIES["Find"], "sheet")  # with the bundled catalogue, where the user's own cannot be read
COMMANDS = {name: line for family in FAMILIES.values() for name, line in family.items()}
_PYTHON_NAMES = ("open", "import", "map", "help")  # commands whose module and function get an underscore


def function_name(command: str) -> str:
    """Give the name of the module, and of the function in it, that is a command: open → open_."""
    return f"{command}_" if command in _PYTHON_NAMES else command
