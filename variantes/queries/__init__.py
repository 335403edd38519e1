"""Questions asked about language versions, one module per concept."""
