"""Reads the cards of a folder with khard, and prints what it would show of each as JSON: run as a process, for its settings are global."""

import json
import sys
from pathlib import Path

from khard.address_book import VdirAddressBook

book = VdirAddressBook("help", sys.argv[1])
book.load()
print(
    json.dumps(
        {
            Path(found.filename).stem: {
                "name": found.formatted_name,
                "kind": found.kind,
                "phones": found.phone_numbers,
                "addresses": found.post_addresses,
                "emails": found.emails,
                "notes": found.notes,
                "organisations": found.organisations,
            }
            for found in book.contacts.values()
        }
    )
)
