"""Tests of the rules and dates of the agenda, which need no database."""
