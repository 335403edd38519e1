"""Demonstration content: every text and drawing here was made for the project, every person is fictional."""
