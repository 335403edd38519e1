"""Forms of the languages and of FALC, for the admin, one module per concept."""
