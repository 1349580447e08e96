"""发文 drafted from what was accepted: the paragraphs of a forwarding notice, for a clerk to edit. GB/T 9704-2012 §7."""

from dataclasses import dataclass
from datetime import date

from dianping.base.day_words import weekday_of, written
from dianping.base.kinds import tiers
from dianping.base.toml_text import Toml


@dataclass(frozen=True, slots=True)
class Letter:
    """An official letter as it prints: letterhead, number, title, addressees, paragraphs, enclosures, signature."""

    issuer: str
    number: str
    title: str
    addressees: str
    paragraphs: tuple[str, ...]
    enclosures: tuple[str, ...]
    dated: date
    note: str = ""  # 附注 in brackets below the date (7.3.6): how far down it goes

    @property
    def day(self) -> str:
        """成文日期 in Arabic figures, months and days without a leading zero (7.3.5.4)."""
        return written(self.dated)


def forwarding_letter(
    *,
    issuer: str,
    addressees: str,
    superior: str,
    number: str,
    title: str,
    dated: date,
    own: Toml,
    reach: str = "",
) -> Letter:
    """A forwarding notice for a superior's paper and the overlay drafted over it (see programmes.rules.drafting).

    The number is left open: it is given when the paper is sent. Every arrangement of one's own is one numbered line.
    """
    forwarded = f"《{title}》" + (f"（{number}）" if number else "")
    paragraphs = [f"现将{superior}{forwarded}转发给你们，请认真贯彻落实。"]
    lines = [*_nearer(own), *_papers(own), *_hearings(own)]
    if lines:
        paragraphs.append("结合实际，提出如下要求，请一并遵照执行：")
        paragraphs += [f"{n}．{line}" for n, line in enumerate(lines, 1)]
    else:
        paragraphs.append("（没有另作安排：上级的要求照转。）")
    return Letter(
        issuer=issuer,
        number="×××〔" + str(dated.year) + "〕×号",
        title=f"关于转发《{title}》的通知",
        addressees=addressees or "各" + "、".join(tiers()[1]),
        paragraphs=tuple(paragraphs),
        enclosures=(title,),
        dated=dated,
        note=f"此件发至{reach}" if reach else "",
    )


def _nearer(own: Toml) -> list[str]:
    return [f"{_day(entry['due'])}前：{_bare(entry['says'])}。" for entry in own.get("stricter", ())]


def _papers(own: Toml) -> list[str]:
    found = []
    for entry in own.get("deliverable", ()):
        kinds = "、".join(f"各{kind}" for kind in entry["kinds"])
        found.append(f"{kinds}于{_day(entry['due'])}前将{entry['name']}报{entry['to']}。")
    return found


def _hearings(own: Toml) -> list[str]:
    """A hearing is held by whoever hears; the units prepare, and owe no paper for it."""
    found = []
    for entry in own.get("hearing", ()):
        units = "、".join(f"各{kind}" for kind in entry["units"])
        together = f"，并对{units}书记进行集中点评" if entry.get("collective") else ""
        opens, due = _day(entry["opens"]), _day(entry["due"])
        found.append(
            f"{opens}至{due}，{entry['heard_by']}集中听取{units}活动开展情况汇报{together}，请做好相关准备。"
        )
    return found


def _day(day: date) -> str:
    return f"{written(day)}（{weekday_of(day)}）"


def _bare(says: str) -> str:
    return says.strip().rstrip("。；，").lstrip("0123456789、．. ")
