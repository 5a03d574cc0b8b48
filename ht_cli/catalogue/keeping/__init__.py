"""What keepers do: enter, check, change, journal and verify facts, see what is due, and go back."""
