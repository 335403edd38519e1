"""Wiring into the admin, one module per concept; `variantes.wagtail_hooks` imports them."""
