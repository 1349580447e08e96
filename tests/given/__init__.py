"""What the project was given: the founding notice, phrases of notices with a clerk's reading, an invented roster."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
SEED, PHRASES, ROSTER = (
    _HERE / name for name in ("seed-notice.txt", "notice-phrases.json", "roster-university.xlsx")
)
ROSTERS = _HERE / "rosters"  # small rosters as offices keep them, each with what is expected of it
ROSTERS_FRESH = (
    _HERE / "rosters_fresh"
)  # others, by somebody who did not know the code: the half the rules were mended by
ROSTERS_ASIDE = _HERE / "rosters_aside"  # their other half, not opened before the rules were mended
