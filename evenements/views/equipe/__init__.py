"""The screens of the team: events, their dates, and those who register."""
