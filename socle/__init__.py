"""Foundation shared by every app: base page, blocks, vocabularies, navigation, search."""
