"""The reviewed sources, the building of data/resources.db, and the copy that is published."""
