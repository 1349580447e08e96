"""doubts"""
from dianping.rules.notice.model import Reading
def doubts_of(reading: Reading) -> Reading:
    return reading
