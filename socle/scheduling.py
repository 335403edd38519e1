"""Jobs that run by themselves. `manage.py run_due` calls each of them; every one is idempotent."""

from collections.abc import Callable
from dataclasses import dataclass

# Cache entry that a run leaves behind, and for how many seconds: without it, nothing has run for too long.
LAST_RUN = "socle.run_due"
LAST_RUN_KEPT = 300


@dataclass(frozen=True)
class Job:
    """A scheduled job; `run` returns how many things it did."""

    name: str
    run: Callable[[], int]


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[], int]) -> None:
    """Add a job, from an app's `ready()`. Raises `ValueError` when the name is taken."""
    if name in _jobs:
        raise ValueError(f"The job {name} is registered already.")
    _jobs[name] = Job(name, run)


def jobs() -> list[Job]:
    """Every registered job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]
