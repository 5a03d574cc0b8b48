"""What a search is asked for by options, as it was typed."""

from collections.abc import Sequence

from ht_cli.model import Moment
from ht_cli.shapes import NamedTuple


class Wishes(NamedTuple):
    """The options of a search as they were typed; distances in km, ages in years, `open_at` the moment at which somebody must answer."""

    city: str | None = None
    needs: tuple[str, ...] = ()
    audiences: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    age: int | None = None
    free: bool = False
    without_referral: bool = False
    near: float | None = None
    exact: bool = False
    show_all: bool = False
    open_at: Moment | None = None


def wishes_of(
    *,
    city: str | None,
    needs: Sequence[str] | None,
    audiences: Sequence[str] | None,
    offers: Sequence[str] | None,
    kinds: Sequence[str] | None,
    languages: Sequence[str] | None,
    channels: Sequence[str] | None,
    online: bool,
    age: int | None,
    free: bool,
    without_referral: bool,
    near: float | None,
    exact: bool,
    show_all: bool,
    open_at: Moment | None = None,
) -> Wishes:
    """Give the wishes that the options of a command say; `online` is one more channel."""
    return Wishes(
        city=city, needs=tuple(needs or ()), audiences=tuple(audiences or ()), offers=tuple(offers or ()), kinds=tuple(kinds or ()),
        languages=tuple(languages or ()), channels=(*(channels or ()), *(["online"] if online else ())), age=age, free=free,
        without_referral=without_referral, near=near, exact=exact, show_all=show_all, open_at=open_at,
    )  # fmt: skip
