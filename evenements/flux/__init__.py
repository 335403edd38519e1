"""The agenda for programs: calendars, feeds, structured data. What anyone may read, and nothing else."""
