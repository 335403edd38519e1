"""Background tasks of the language versions, one module per concept."""
