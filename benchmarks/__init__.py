"""Measures of speed and weight, run by `make bench`."""
