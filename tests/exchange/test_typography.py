import re
from collections.abc import Callable

import pytest
from markupsafe import Markup

from ht_cli.exchange import html
from ht_cli.exchange.reference import Reference
from ht_cli.exchange.typography import held
from ht_cli.model import Resource

ALONE = re.compile(r" [:;?!»]|« ")


@pytest.mark.parametrize(
    ("text", "set_so"),
    [
        ("Appelez :", "Appelez\u00a0:"), ("« ici », là ; quoi ? oui !", "«\u00a0ici\u00a0», là\u00a0; quoi\u00a0? oui\u00a0!"), ("Wo? Hier: da!", "Wo? Hier: da!"),
        (Markup('<a b=" :">'), '<a b=" :">'), (3, 3),
    ],
)  # fmt: skip
def test_a_sign_that_french_sets_apart_stays_with_its_word(text: object, set_so: object) -> None:
    assert held(text) == set_so


def test_no_sign_stands_alone_on_a_line_of_the_page(every_resource: list[Resource], make_reference: Callable[[str], Reference]) -> None:
    page = "".join(html.pieces(every_resource[::40], make_reference("fr")))
    body = re.sub(r"<(script|style).*?</\1>", "", page, flags=re.DOTALL)
    assert not ALONE.search(re.sub(r"<[^>]*>", "", body))
