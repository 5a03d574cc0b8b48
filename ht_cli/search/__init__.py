"""From what people type to ranked resources; pure but for the look-ups it is handed."""
