"""JSON-LD inside HTML."""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.safestring import SafeString, mark_safe

# The only characters that could end the script element or open another construct inside it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def as_script_content(data: dict[str, Any]) -> SafeString:
    """Return `data` as JSON that is safe as the content of a `script` element; empty values are left out."""
    kept = {key: value for key, value in data.items() if value not in (None, "", [], {})}
    return mark_safe(json.dumps(kept, cls=DjangoJSONEncoder, ensure_ascii=False).translate(_ESCAPES))
