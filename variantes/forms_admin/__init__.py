"""Forms of the admin about the language versions, one module per concept."""
