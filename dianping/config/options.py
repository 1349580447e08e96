"""What a site may set: one row an option, its word in `settings.toml` and in the environment, and what it may be."""

import ipaddress
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

Value = str | int | bool | list[str]


class NotThat(ValueError):
    """A value an option cannot have: says in Chinese and in English what it should be."""

    def __init__(self, chinese: str, english: str) -> None:
        self.chinese, self.english = chinese, english
        super().__init__(chinese)


@dataclass(frozen=True)
class Option:
    """One option: its word in the file, its name in the environment, its value where neither says one, how a value is
    read, and what the file tells about it."""

    word: str
    name: str
    without: Value
    read: Callable[[object], Value]
    told: str


def _text(value: object) -> str:
    if not isinstance(value, str) or any(ord(c) < 32 or ord(c) == 127 for c in value):
        raise NotThat("应为引号里的一行文字", "it should be one line of text in quotes")
    return value.strip()


def _number(value: object) -> int:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        return int(value.strip())
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise NotThat("应为一个整数", "it should be a whole number")


def port(value: object) -> int:
    """A port somebody may listen on."""
    try:
        number = _number(value)
    except NotThat:
        number = 0
    if not 1 <= number <= 65535:
        raise NotThat("端口应为 1 至 65535 的整数", "a port is a whole number from 1 to 65535")
    return number


def processes(value: object) -> int:
    """How many processes serve the site; 0 leaves it to the machine."""
    number = _number(value)
    if not 0 <= number <= 64:
        raise NotThat("进程数应为 0 至 64 的整数", "the number of processes is from 0 to 64")
    return number


def yes_or_no(value: object) -> bool:
    """true or false; in the environment also yes, no, 1, 0."""
    if isinstance(value, bool):
        return value
    said = value.strip().lower() if isinstance(value, str) else ""
    if said in ("1", "true", "yes"):
        return True
    if said in ("0", "false", "no"):
        return False
    raise NotThat(
        "应为 true 或 false（环境变量写 1 或 0）", "it should be true or false (1 or 0 in the environment)"
    )


def words(value: object) -> list[str]:
    """A list of texts; in the environment parted by commas."""
    given = value.split(",") if isinstance(value, str) else value
    if not isinstance(given, list):
        raise NotThat('应为列表，如 ["a", "b"]', 'it should be a list, such as ["a", "b"]')
    return [word for word in map(_text, given) if word]


def origins(value: object) -> list[str]:
    """Addresses forms may be sent from, each with http:// or https://."""
    addresses = words(value)
    for origin in addresses:
        if urlsplit(origin).scheme not in ("http", "https") or not urlsplit(origin).netloc:
            raise NotThat(
                "每个来源要写全，如 https://dp.example.cn",
                "each origin is written in full, such as https://dp.example.cn",
            )
    return addresses


def address(value: object) -> str:
    """The address printed on slips; empty for the host a page was asked at."""
    url = _text(value).rstrip("/")
    return origins([url])[0] if url else ""


def database(value: object) -> str:
    """A database's address; empty for SQLite in the data folder."""
    url = _text(value)
    if url and urlsplit(url).scheme not in ("sqlite", "postgres", "postgresql"):
        raise NotThat(
            "数据库应写作 postgres://用户:口令@主机/库名，或留空用 SQLite",
            "a database is written postgres://user:password@host/name, or left empty for SQLite",
        )
    return url


def bind(value: object) -> str:
    """An address of this machine."""
    host = _text(value).strip("[]")
    if host == "localhost":
        return "127.0.0.1"
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        raise NotThat(
            "应为本机的一个地址，如 127.0.0.1、0.0.0.0、::1",
            "it should be an address of this machine, such as 127.0.0.1, 0.0.0.0, ::1",
        ) from None


def proxy(value: object) -> str:
    """The address of the one proxy that is believed; empty for none."""
    host = _text(value).strip("[]")
    try:
        return str(ipaddress.ip_address(host)) if host else ""
    except ValueError:
        raise NotThat(
            "应为反向代理的地址，如 127.0.0.1", "it should be the proxy's address, such as 127.0.0.1"
        ) from None


def password_rules(value: object) -> str:
    """Which rules passwords follow besides the usual ones; empty for none."""
    rules = _text(value)
    if rules not in ("", "gbt22239"):
        raise NotThat("应为 gbt22239 或留空", "it should be gbt22239, or empty")
    return rules


OPTIONS = (
    Option(
        "database",
        "DIANPING_DATABASE",
        "",
        database,
        "数据库：留空是数据夹里的 SQLite；一个省用 postgres://用户:口令@主机:5432/库名",
    ),
    Option(
        "bind", "DIANPING_BIND", "127.0.0.1", bind, "听哪个地址：127.0.0.1 只有本机，0.0.0.0 是本机的所有地址"
    ),
    Option("port", "PORT", 8000, port, "端口"),
    Option("processes", "DIANPING_PROCESSES", 0, processes, "用几个进程：0 是有几个核就几个（最多 8 个）"),
    Option(
        "hosts",
        "DIANPING_HOSTS",
        ["localhost", "127.0.0.1", "[::1]"],
        words,
        "允许的主机名，浏览器地址栏里的那个",
    ),
    Option("origins", "DIANPING_ORIGINS", [], origins, "允许提交表单的来源，如 https://dp.example.cn"),
    Option(
        "address",
        "DIANPING_ADDRESS",
        "",
        address,
        "印在票上的网址，如 https://dp.example.cn；留空是制票的人打开页面用的网址",
    ),
    Option("https", "DIANPING_HTTPS", False, yes_or_no, "前面有 TLS 时写 true，会话只走 HTTPS"),
    Option(
        "proxy",
        "DIANPING_PROXY",
        "",
        proxy,
        "前面那台反向代理的地址；只信它说的 X-Forwarded-For 和 X-Forwarded-Proto。https 为 true 而这里空着，就是 127.0.0.1",
    ),
    Option(
        "password_rules",
        "DIANPING_PASSWORD_RULES",
        "",
        password_rules,
        "密码规则：留空是通常的（够长、不常见、不像姓名）；gbt22239 再加字符种类、历史和九十天更换",
    ),
)
