"""Public forms of the language versions, one module per concept."""
