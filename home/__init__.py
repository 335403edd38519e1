"""Home pages and audience entry points; composition root that may import every app."""
