"""What the server itself says of a request it does not work on: a sentence; to a browser that sent too much, a page."""

from collections.abc import Mapping
from urllib.parse import urlsplit

from dianping.common.sizes import megabytes
from dianping.config.body_sizes import SIGN_IN, body_limit, page_name, session_of
from dianping.door.middleware import PREFIX as DOOR

SENTENCES = {
    400: "请求写得不对，没有受理。请刷新页面再试。",
    411: "送来的内容没有写明长度，没有收下。请换一个浏览器再试。",
    413: "送来的内容太多，没有收下。",
    431: "请求的抬头太长，没有受理。请清除本站的 cookie 再试；前面有代理的，请管理员看它加了哪一行。",
    501: "这种请求系统不受理。",
}
TEXT, PAGE = "text/plain; charset=utf-8", "text/html; charset=utf-8"


def refusal(
    code: int, *, method: str = "", path: str = "", headers: Mapping[str, str] | None = None, sent: int = 0
) -> tuple[bytes, str]:
    """The body of an answer and its kind. `headers` as the server has them; empty where none were understood."""
    headers = headers or {}
    if code != 413:
        return SENTENCES.get(code, SENTENCES[400]).encode(), TEXT
    signed_in = bool(session_of(headers))
    advice = _advice(body_limit(method, path, headers), sent, signed_in=signed_in)
    if f"{path}/".startswith(DOOR) or "text/html" not in headers.get("ACCEPT", ""):
        return f"{SENTENCES[413]}{advice}".encode(), TEXT
    from dianping.pages.frame.errors import too_large  # the pages, which the server's own start does not need

    at_sign_in = page_name(path) in SIGN_IN
    heading = SENTENCES[413].rstrip("。") if signed_in or at_sign_in else "登录已经结束，没有收下"
    return too_large(heading, advice, back=_back(headers)).content, PAGE


def _advice(most: int, sent: int, *, signed_in: bool) -> str:
    if not most:
        return "没有登录，或者登录已经结束的，请先登录再交。" if not signed_in else "这个网址不收内容。"
    told = f"，这一次送来 {megabytes(sent)}" if sent > most else ""
    rest = "请写短些，或者把文件改小、分几次交。" if signed_in else "请写短些再交。"
    return f"这一页一次最多收 {megabytes(most)}{told}，什么也没有写入。{rest}"


def _back(headers: Mapping[str, str]) -> str:
    """The page of this site one came from, else none."""
    page = headers.get("REFERER", "")
    return page if page and urlsplit(page).netloc == headers.get("HOST") else ""
