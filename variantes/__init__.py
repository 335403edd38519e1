"""FALC and languages: everything that touches wagtail-localize."""
