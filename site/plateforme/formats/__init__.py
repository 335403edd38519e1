"""Date formats where Django's own do not suit readers in France."""
