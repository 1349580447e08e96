"""How much a page with files takes. Read by the forms, which tell it, and by the server, which refuses more unread; the handbook
names the same figures (tests/config/test_limits.py)."""

MEGABYTE = 1 << 20
MOST_SENT = 10  # files with one form
NOTICE_BYTES = 30 * MEGABYTE  # the files of one notice together
WORKBOOK_BYTES = 50 * MEGABYTE  # a roster, or reviews written offline
BESIDE = MEGABYTE  # what is typed beside the files


def megabytes(size: int) -> str:
    """30 MB, 2.4 MB; under a tenth in KB."""
    if size < MEGABYTE // 10:
        return f"{-(-size // 1024)} KB"
    return f"{size / MEGABYTE:.1f} MB".replace(".0 MB", " MB")
