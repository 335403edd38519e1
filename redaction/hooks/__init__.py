"""Wiring into the admin, one module per concept; `redaction.wagtail_hooks` imports them."""
