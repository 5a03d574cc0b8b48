"""The days of the week as people name them in the four languages."""

WEEKDAYS = {
    "fr": ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    "nl": ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"),
    "de": ("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
    "en": ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
OTHER_NAMES = {"sonnabend": 5}  # of the north of Germany; "so" stays Sunday


def weekday_of(word: str, language: str) -> int | None:
    """Give the day (0 is Monday) that a word names, whole or by its first letters; small letters without accents.

    "ma" is Monday in Dutch and Tuesday in French: the language spoken decides. A word that is no day in it is taken
    in any of the four, where these leave no doubt; None where there is none.
    """
    if word in OTHER_NAMES:
        return OTHER_NAMES[word]
    spoken = _beginning_with(word, language)
    meant = spoken or {day for other in WEEKDAYS for day in _beginning_with(word, other)}
    return meant.pop() if len(meant) == 1 else None


def _beginning_with(word: str, language: str) -> set[int]:
    return {day for day, name in enumerate(WEEKDAYS[language]) if len(word) > 1 and name.startswith(word)}
