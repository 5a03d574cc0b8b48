"""What a search is asked for by options, as it was typed."""

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
