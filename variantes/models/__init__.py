"""Models of the languages and of FALC, one module per concept."""
