"""The search tables, made from the facts alone, and the point look-ups in them."""
