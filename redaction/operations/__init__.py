"""Changes of state of the editorial team, one module per concept."""
