"""What the project was given: the founding notice, phrases of notices with a clerk's reading, an invented roster."""

from pathlib import Path

_HERE = Path(__file__).resolve().parent
SEED, PHRASES, ROSTER = (
    _HERE / name for name in ("seed-notice.txt", "notice-phrases.json", "roster-university.xlsx")
)
ROSTERS = _HERE / "rosters"  # small rosters as offices keep them, each with what is expected of it
