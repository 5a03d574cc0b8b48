"""The only SQL of the project: schema, building, opening, reading, and the search tables."""
