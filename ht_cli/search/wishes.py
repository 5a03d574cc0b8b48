"""What a search is asked for by options, as it was typed."""

from collections.abc import Sequence
from typing import NamedTuple

from ht_cli.model import Moment


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
        city, tuple(needs or ()), tuple(audiences or ()), tuple(offers or ()), tuple(kinds or ()), tuple(languages or ()),
        (*(channels or ()), *(["online"] if online else ())), age, free, without_referral, near, exact, show_all, open_at,
    )  # fmt: skip
