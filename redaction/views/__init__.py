"""What the team does in the administration, one module per concept."""
