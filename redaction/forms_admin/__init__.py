"""Forms of the team, for the admin, one module per concept."""
