"""What a search is asked for by options, as it was typed."""

from typing import NamedTuple


class Wishes(NamedTuple):
    """The options of a search as they were typed; distances in km, ages in years."""

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
