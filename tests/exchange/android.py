"""Cards as the contacts of a telephone take them: the rules of Android's parser of vCard 3.0, written down here, since it runs on Android alone.

It takes the version 3.0 and no other; the group before a name is dropped, and with it a label by X-ABLabel; of a text with parts each `;`
that is not escaped ends one; the name shown is FN; the first number with PREF is the one that is called.
"""

import re
from dataclasses import dataclass, field


@dataclass
class Contact:
    display_name: str = ""
    family: str = ""
    company: str = ""
    phones: list[str] = field(default_factory=list)
    primary: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    streets: list[str] = field(default_factory=list)
    towns: list[str] = field(default_factory=list)
    at_home: bool = False


def contacts(cards: str) -> list[Contact]:
    found: list[Contact] = []
    for line in re.sub("\r\n[ \t]", "", cards).split("\r\n"):
        head, _colon, value = line.partition(":")
        name, *parameters = head.upper().split(";")
        name = name.rpartition(".")[2]
        if name == "BEGIN":
            assert value == "VCARD"
            found.append(Contact())
        elif name == "VERSION" and value != "3.0":
            raise ValueError(f"a card of version {value}")
        elif found:
            types = [kind for parameter in parameters for kind in parameter.removeprefix("TYPE=").split(",")]
            _take(found[-1], name, types, value)
    return found


def _take(contact: Contact, name: str, types: list[str], value: str) -> None:
    parts = [re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], part) for part in re.split(r"(?<!\\);", value)]
    text = re.sub(r"\\(.)", lambda mark: "\n" if mark[1] in "nN" else mark[1], value)
    if name == "TEL":
        contact.phones.append(value)
        contact.primary += [value] if "PREF" in types else []
        contact.at_home |= "HOME" in types
    elif name == "ADR":
        contact.streets.append(parts[2])
        contact.towns.append(parts[3])
        contact.at_home |= "HOME" in types or not types
    elif name in ("FN", "N", "ORG"):
        setattr(contact, {"FN": "display_name", "N": "family", "ORG": "company"}[name], text if name == "FN" else parts[0])
    elif name in ("EMAIL", "URL", "NOTE"):
        {"EMAIL": contact.emails, "URL": contact.sites, "NOTE": contact.notes}[name].append(text)
