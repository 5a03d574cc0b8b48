"""The page that a client takes along, in the formats that people hold, read, print or receive."""
