"""What the glossary is asked, one module per concept."""
