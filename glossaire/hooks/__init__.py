"""Wiring into the admin, one module per concept; `glossaire.wagtail_hooks` imports them."""
