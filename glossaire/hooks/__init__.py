"""Wiring of the glossary into the admin, one module per concept."""
