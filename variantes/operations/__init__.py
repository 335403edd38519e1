"""Changes of state of language versions, one module per concept."""
