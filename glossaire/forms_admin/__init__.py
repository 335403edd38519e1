"""Forms of the admin, one module per concept."""
