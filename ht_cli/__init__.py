"""ht: find mental-health help in Belgium from a terminal, offline."""

__version__ = "0.2.0"
