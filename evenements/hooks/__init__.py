"""Wiring into the admin, one module per concept; `evenements.wagtail_hooks` imports them."""
