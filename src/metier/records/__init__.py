"""The nouns of the field: frozen, typed, without I/O."""
