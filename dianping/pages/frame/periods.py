"""The periods a page offers to choose from."""

from datetime import date, timedelta

from dianping.base.windows import Cadence, period_name


def periods_around(day: date) -> list[tuple[str, str]]:
    """The quarters and halves a clerk is likely to want: (key, name), the present one first."""
    periods: list[tuple[str, str]] = []
    window = Cadence(3).window(day)
    for _ in range(4):
        periods.append((f"{window.opens.year}Q{(window.opens.month + 2) // 3}", period_name(window)))
        half = Cadence(6).window(window.opens)
        key = (f"{half.opens.year}H{(half.opens.month + 5) // 6}", period_name(half))
        if key not in periods:
            periods.append(key)
        window = Cadence(3).window(window.opens - timedelta(days=1))
    return periods
