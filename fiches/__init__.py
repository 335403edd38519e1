"""The document base: practical guides and other reusable resources."""
