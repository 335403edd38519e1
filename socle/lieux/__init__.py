"""The places in the admin: their form, their map, what may be done with them."""
