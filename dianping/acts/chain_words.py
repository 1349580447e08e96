"""What an entry of the chain says, in words: what it is about, by name where the reader may see it, and what it tells."""

import json
from collections.abc import Callable, Iterable
from email.message import Message
from typing import Any

from dianping.accounts.viewer import Viewer
from dianping.common.models import AuditEntry
from dianping.common.records.registry import covered_models

# The words under which pages that give files out, or show the masses' own words, stand in entries, and whose they are.
WHOSE = {
    "bulletin_letter": "bulletin",
    "evidence": "item",
    "letter": "notice",
    "person_sheet": "person",
    "review_sheet": "review",
    "poll_result_file": "poll",
    "sayings": "poll",
}
PLACES = {
    "bulletin_letter": "通报的文件",
    "chain_file": "审计记录的文件",
    "enclosure": "附件",
    "evidence": "佐证材料，整改事项",
    "ledger_file": "台账的文件",
    "letter": "下发件，文件",
    "notice_file": "文件的附件",
    "person_sheet": "点评登记表，人员",
    "review_sheet": "点评登记表，点评",
    "offline_template": "离线登记的表",
    "poll_result_file": "情况报告表的文件，征求意见或评议",
    "sayings": "原话，征求意见或评议",
    # lists taken along as workbooks
    "accounts": "账号的清单",
    "admonitions": "约谈记录的清单",
    "bulletins": "通报的清单",
    "cases": "典型的清单",
    "draws": "抽签的清单",
    "duties": "应办事项的清单",
    "handovers": "交接的清单",
    "items": "整改事项的清单",
    "notices": "文件登记的清单",
    "occasions": "活动的清单",
    "polls": "征求意见和评议的清单",
    "reviews": "点评的清单",
    "records": "看过的记录",
    "day": "这一天的应办",
    "site": "本站",
}
KEYS = {
    "accounts": "账号",
    "again": "再次开箱的原因",
    "amended_by": "修订它的",
    "by_target": "各类",
    "changed": "更正了",
    "changes": "变动",
    "circle": "范围",
    "code": "代码",
    "confirmed": "核对到",
    "counts": "怎样计",
    "custodians": "保管人",
    "digest": "摘要",
    "due": "期限",
    "duties": "应办",
    "entered": "登记于",
    "entries": "条数",
    "faults": "不符之处",
    "fields": "改了哪些",
    "file": "文件",
    "files": "文件",
    "filters": "筛选",
    "first": "第一次录入",
    "form": "表",
    "frozen": "名册摘要",
    "happened": "点评日期",
    "items": "整改事项",
    "kind": "种类",
    "line": "哪一行",
    "lines": "行",
    "lists": "照的名单",
    "looked_at": "看过",
    "moved": "改了期限",
    "number": "编号",
    "of": "账号",
    "on": "日期",
    "on_behalf": "代谁",
    "on_paper": "纸质表",
    "opened": "新开列",
    "opens": "开始",
    "ordinary": "不是人名的词",
    "organisation": "党组织",
    "organisations": "党组织",
    "papers": "材料",
    "parent": "上级",
    "passed_on": "转给接任",
    "people": "人数",
    "person": "人员",
    "place": "登录处（摘要）",
    "point": "意见条目",
    "present": "到会",
    "problems": "问题",
    "public": "公钥",
    "quarter": "一刻钟起",
    "reason": "原因",
    "redated": "改了日期",
    "release": "公布内容的摘要",
    "review": "点评",
    "role": "身份",
    "rows": "补写的项数",
    "sayings": "原话",
    "scope": "范围",
    "second": "第二次录入",
    "seed": "抽签种子",
    "side": "哪一方",
    "since": "起",
    "slips": "启用票",
    "state": "状态",
    "step": "第几项",
    "target": "对象",
    "times": "次数",
    "title": "标题",
    "to": "到",
    "turnout": "份数",
    "until": "到",
    "used": "已收",
    "username": "登录名",
    "usernames": "登录名",
    "was": "原来",
    "was_due": "原期限",
    "why": "原因",
    "windows": "期间",
    "witness": "另一位",
    "words": "字",
    # inside a turnout
    "issued": "发出",
    "paper": "点清纸质表",
    "spoilt": "废票",
    "typed": "录入",
    "valid": "有效",
    "voided": "作废",
}
VALUES = {
    "superior": "上级",
    "unit": "本单位",
    "clerk": "党务干事",
    "auditor": "查阅人",
    "secretary": "书记",
    "received": "来文",
    "sent": "发文",
}
Named = Callable[
    [Any], tuple[str, str | None]
]  # (what it is called, its place; None: whoever reads the whole chain)


def _of_somebody(row: Any) -> tuple[str, str]:
    return (row.person.name if row.person_id else row.organisation.short_name), row.path


NAMED: dict[str, tuple[tuple[str, ...], Named]] = {
    "duty": (("person", "organisation"), _of_somebody),
    "item": (("person", "organisation"), _of_somebody),
    "notice": ((), lambda row: (str(row), row.path)),
    "organisation": ((), lambda row: (row.short_name, row.path)),
    "person": ((), lambda row: (row.name, None)),
    "poll": (("organisation",), lambda row: (row.title, row.path)),
    "review": (("person", "organisation"), _of_somebody),
    "user": ((), lambda row: (row.name, None)),
}


class EntryWords:
    """The words of some entries, looked up together: one query a kind of record."""

    def __init__(self, viewer: Viewer, entries: Iterable[AuditEntry], *, everything: bool) -> None:
        abouts = {entry.about for entry in entries} | {
            about for entry in entries for about in _looks(entry.detail)
        }
        self._kinds = {
            about: model
            for model in covered_models().values()
            if (about := getattr(getattr(model, "record", None), "about", ""))
        }
        self._names: dict[str, str] = {}
        wanted: dict[str, set[int]] = {}
        for about in abouts:
            kind, number = _whose(about)
            if kind in NAMED and number:
                wanted.setdefault(kind, set()).add(number)
        for kind, numbers in wanted.items():
            beside, named = NAMED[kind]
            for row in self._kinds[kind]._default_manager.filter(pk__in=numbers).select_related(*beside):
                name, path = named(row)
                if everything or (path is not None and (viewer.may_read(path) or viewer.audits(path))):
                    self._names[f"{kind}:{row.pk}"] = name

    def about(self, about: str) -> str:
        """What an entry is about, in words; as it stands where there are none."""
        word, _, rest = about.partition(":")
        kind, number = _whose(about)
        name = self._names.get(f"{kind}:{number}", "")
        label = PLACES.get(word) or (str(self._kinds[word]._meta.verbose_name) if word in self._kinds else "")
        if not label:
            return about
        shown = " ".join(filter(None, [f"{label} {rest}".strip() if not name else f"{label} {number}", name]))
        return shown if len(shown) < 120 else f"{shown[:119]}…"

    def detail(self, detail: dict[str, object]) -> list[tuple[str, str]]:
        """What an entry tells, without the digests that stand beside it and without what is empty."""
        rows = []
        for key, value in detail.items():
            if key in ("records", "sets"):
                continue
            told = self._looked(value) if key == "looked_at" else said(key, value)
            if told:
                rows.append((KEYS.get(key, key), told))
        return rows

    def _looked(self, looked_at: object) -> str:
        if not isinstance(looked_at, dict):
            return said("looked_at", looked_at)
        return "，".join(f"{self.about(about)}（{times} 次）" for about, times in looked_at.items())


def said(key: str, value: object) -> str:
    """A value in words; "" where it says nothing."""
    if key == "file" and isinstance(value, str):
        return file_told(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, dict):
        return "，".join(f"{KEYS.get(name, name)} {said(name, inner)}" for name, inner in value.items())
    if isinstance(value, list):
        return "、".join(said(key, inner) for inner in value)
    if isinstance(value, str):
        return VALUES.get(value, value)
    return "" if value is None else json.dumps(value, ensure_ascii=False)


def file_told(header: str) -> str:
    """The name of a file as people read it, from the head of the answer it left with; a name cut short as far as it goes."""
    if "filename" not in header:
        return header
    answer = Message()
    answer["Content-Disposition"] = header
    return answer.get_filename() or header


def about_this(about: str) -> tuple[str, list[str]]:
    """The record somebody looks for, and how addresses of files begin that are its own ("poll:2": "poll_result_file:2")."""
    kind, _, number = about.partition(":")
    if not number.isdecimal():
        return about, []
    return about, [f"{word}:{number}" for word, whose in WHOSE.items() if whose == kind]


def _whose(about: str) -> tuple[str, int]:
    word, _, rest = about.partition(":")
    number = rest.partition(":")[0]
    return WHOSE.get(word, word), int(number) if number.isdecimal() and len(number) < 12 else 0


def _looks(detail: dict[str, object]) -> Iterable[str]:
    looked_at = detail.get("looked_at")
    return looked_at if isinstance(looked_at, dict) else ()
