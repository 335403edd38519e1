"""The shared agenda."""
