"""Forms of the language versions, for the admin, one module per concept."""
