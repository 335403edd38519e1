"""Every change that the glossary makes, one module per concept."""
