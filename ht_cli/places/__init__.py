"""Names, postcodes and points of places, and who serves one."""
