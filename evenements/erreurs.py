"""What the agenda refuses, said to whoever asked."""


class ImpossibleError(Exception):
    """What is asked cannot be done, or no longer. The message is for people, in the language they read."""
