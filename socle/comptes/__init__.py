"""Accounts: the one login of the platform, its second factor and its sessions, on top of django-allauth."""
