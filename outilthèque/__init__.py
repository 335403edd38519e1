"""The physical tool library: catalogue, loans, desk."""
