"""Blocks of the pages in FALC, one module per family."""
