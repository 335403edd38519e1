"""JSON-LD inside HTML."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

# The only characters that could end the script element or open another construct inside it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script_content(data: dict[str, Any]) -> SafeString:
    """Return `data` as JSON that is safe as the content of a `script` element; empty values are left out."""
    content = json.dumps(_filled(data), cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(content)  # noqa: S308 -- no character is left that could end or open an element


def _filled(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _filled(item) for key, item in value.items() if item not in (None, "", [], {})}
    if isinstance(value, list):
        return [_filled(item) for item in value]
    return value
