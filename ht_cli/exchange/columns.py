"""The columns of a sheet that comes back without loss, which of them hold days, and in which order the parts of an entry stand in a cell."""

from ht_cli.model import LANGUAGES

PARTS = {
    "phones": ("number", "label", "hours", "hours_osm"), "addresses": ("street", "postcode", "locality", "nis"), "sources": ("url", "date"),
    "fact_checks": ("field", "on", "how", "by"),
}  # fmt: skip
SPOKEN_COLUMNS = {"descriptions": "description", "hours": "hours", "area_note": "area_note"}  # a field, and its columns before "_fr"
DAYS = ("closed_on", "checked_on", "changed_on", "source_date")
LOSSLESS = (
    "id", "name", "kind", "status", "successor", "alternate_names", *(f"description_{language}" for language in LANGUAGES), "audiences",
    "professionals_only", "min_age", "max_age", "needs", "offers", "channels", "languages", "cost", "referral_needed", "areas",
    *(f"area_note_{language}" for language in LANGUAGES), "addresses", "phones", "email", "url",
    *(f"hours_{language}" for language in LANGUAGES), "hours_osm", "closed_on", "closed_reason", "checked_on", "checked_how", "checked_by",
    "fact_checks", "failed_tries", "changed_on", "source_date", "confidence", "sources", "notes",
)  # fmt: skip
REVISION = "ht_rev"  # the column that says what a row was, so that only what is edited in the sheet changes
