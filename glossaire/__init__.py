"""The words of partnership, in every language."""
