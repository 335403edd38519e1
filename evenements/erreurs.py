"""What cannot be done, in words for whoever asked."""


class ImpossibleError(Exception):
    """The event, the date or the registration is not in a state that allows this. The message is for people."""
