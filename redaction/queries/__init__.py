"""Questions about the work of the team, one module per concept."""
