"""A variable that does not exist fails the test, where Django would print nothing."""

import inspect
from pathlib import Path

from django.conf import settings
from django.template.base import FilterExpression, Template


class UndefinedVariableError(AssertionError):
    """One of our templates uses a variable that its context does not have."""


class StrictInvalidString(str):
    """`string_if_invalid` that raises in the project's templates and stays the empty string in everyone else's.

    Wagtail's own templates rely on undefined variables, so the answer depends on the template being rendered.
    """

    __slots__ = ()

    def __bool__(self) -> bool:
        return _is_ours(_current_template())

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: object) -> str:  # type: ignore[override]
        template = _current_template()
        if not _is_ours(template):
            return ""
        raise UndefinedVariableError(f"“{variable}” is not defined in {template.origin.name if template else '?'}")


def make_templates_strict() -> None:
    """Make an undefined variable in one of our templates an error.

    Kept in the settings: Django builds its engines anew whenever a test overrides DEBUG or INSTALLED_APPS.
    """
    settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = StrictInvalidString()


def _current_template() -> Template | None:
    """Return the innermost template being rendered, found on the call stack as Django passes it to no one."""
    frame = inspect.currentframe()
    while frame is not None:
        context = frame.f_locals.get("context")
        resolving = isinstance(frame.f_locals.get("self"), FilterExpression)
        rendering = frame.f_code.co_name in ("resolve", "render")
        if (resolving or rendering) and hasattr(context, "render_context"):
            return context.render_context.template or context.template
        frame = frame.f_back
    return None


def _is_ours(template: Template | None) -> bool:
    if template is None:
        return False
    return any(Path(folder) in Path(template.origin.name).parents for folder in settings.TEMPLATES[0]["DIRS"])
