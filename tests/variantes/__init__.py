"""Tests of the languages and of FALC."""
