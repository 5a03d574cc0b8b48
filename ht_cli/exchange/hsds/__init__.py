"""HSDS 3.1, the Human Services Data Specification of Open Referral: its tables, what we write, check and read of it."""

from ht_cli.exchange.hsds.writing import files, pieces

__all__ = ["files", "pieces"]
