"""The sheets of our screens in the admin."""

from django.forms import Media

STYLES = Media(css={"all": ["css/admin/bureau.css", "css/admin/relecture_traduction.css"]})
