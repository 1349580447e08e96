"""A page as tests look for words in it: its markup without the blanks nobody sees, wherever the formatter broke a line."""

import re
from typing import Any

# What keeps its blanks: <textarea>…</textarea>.
_KEPT = re.compile(r"(<(textarea|pre|script)\b.*?</\2>)", re.DOTALL)
# A tag at whose sides no blank is seen, with them: " </td>  <td>".
_BLOCK = re.compile(
    r" ?(</?(?:article|aside|body|br|button|caption|d[dlt]|details|dialog|div|fieldset|footer|form|h[1-6r]|head|header|html|legend"
    r"|li|link|main|meta|nav|ol|optgroup|option|p|section|summary|t(?:able|body|[dhr]|foot|head|itle)|template|ul)\b[^>]*>) ?"
)
# A blank before the end of a tag: <a href="/" >.
_END = re.compile(r" +(?=/?>)")


def glued(page: Any) -> str:
    """An answer, its bytes or its text: one blank where one is seen, none beside blocks and before the end of a tag."""
    body = getattr(page, "content", page)
    text = body.decode() if isinstance(body, bytes) else str(body)
    parts = _KEPT.split(text)  # plain, kept, its name, plain, …
    for at in range(0, len(parts), 3):
        plain = re.sub(r"[ \t\r\n\f]+", " ", parts[at])
        parts[at] = _END.sub("", _BLOCK.sub(r"\1", plain))
    return "".join(part for at, part in enumerate(parts) if at % 3 != 2)
