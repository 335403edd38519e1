"""Pages at the root of the site."""

from home.models.contact import ContactPage, MessageContact
from home.models.pages import HomePage, InformationPage

__all__ = ["ContactPage", "HomePage", "InformationPage", "MessageContact"]
