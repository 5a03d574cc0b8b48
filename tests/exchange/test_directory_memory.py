import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from ht_cli.exchange import html, markdown
from ht_cli.exchange.forms import Pieces
from ht_cli.exchange.reference import Reference
from ht_cli.model import Resource


@pytest.mark.parametrize("pieces", [markdown.pieces, html.pieces], ids=["markdown", "html"])
def test_what_is_written_of_many_resources_is_not_held(pieces: Pieces, resource: Callable[[str], Resource], reference: Reference) -> None:
    one = resource("realism")

    def highest_memory(count: int) -> int:
        def copies() -> Iterator[Resource]:
            for number in range(count):
                yield one._replace(id=f"r{number}", name=f"Zilverlinde {number}", descriptions={"fr": f"{number} " + "mot " * 1_000})

        tracemalloc.start()
        written = sum(len(piece) for piece in pieces(copies(), reference))
        highest = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert written > count * 4_000
        return highest

    highest_memory(1)  # what is loaded once
    assert highest_memory(1_000) - highest_memory(1) < 2_500_000  # bytes, of a text of four millions and the same again as resources
