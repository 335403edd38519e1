"""Background tasks of the editorial team, one module per concept."""
