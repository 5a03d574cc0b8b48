"""What other people's catalogues and the releases bring."""
