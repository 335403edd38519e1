"""Screens of wagtail-localize, each at its own address, by our rules."""
