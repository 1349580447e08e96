"""What a start looks at before it touches anything: the folder, its lock, the port, the memory."""

import errno
import fcntl
import os
import shutil
import socket
import tempfile
from pathlib import Path

from dianping.common.leaving import CannotGoOn, told_of
from dianping.common.whole_files import make_folder

LOCK = "serving.lock"
TEMPORARY = "temporary"
BASE, EACH = 150, 130  # megabytes a site takes, and each of its processes
LEAST_SPACE = 16 << 20  # bytes on the disk, without which nothing is begun


def usable_folder(home: Path) -> None:
    """Make the data folder where there is none, and see that it can be written and has some room."""
    try:
        make_folder(home)
        with tempfile.NamedTemporaryFile(dir=home, prefix=".tried-") as tried:
            tried.write(b"0" * 4096)
            tried.flush()
        space = os.statvfs(home)
    except OSError as fault:
        raise told_of(fault, home) from fault
    if space.f_bavail * space.f_frsize < LEAST_SPACE:
        raise told_of(OSError(errno.ENOSPC, "no room"), home)


def locked_folder(home: Path) -> int:
    """Lock the data folder for as long as the handle returned is open, here or in a child."""
    try:
        handle = os.open(home / LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as fault:
        raise told_of(fault, home / LOCK) from fault
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as no:
        other = os.read(handle, 40).decode("ascii", "replace").strip()
        os.close(handle)
        raise CannotGoOn(
            f"数据夹 {home} 正由另一个站点（进程 {other}）使用。一个数据夹只能开一个站；请先停掉那一个。",
            f"The data folder {home} is in use by another site (process {other}). One folder, one site: stop that one first.",
            code="site.folder-in-use",
        ) from no
    os.ftruncate(handle, 0)
    os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
    return handle


def own_temporary_folder(home: Path) -> None:
    """Have whatever this process and its children put down for a moment (uploads on their way, letters being set) lie in the data
    folder, for its owner alone, and take away what a process that was killed has left there. Wants the folder's lock."""
    folder = home / TEMPORARY
    shutil.rmtree(folder, ignore_errors=True)
    try:
        make_folder(folder)
    except OSError as fault:
        raise told_of(fault, folder) from fault
    tempfile.tempdir = str(folder)


def tried_port(address: str, port: int) -> socket.socket:
    """A socket that listens on this address and port, shared with nobody; CannotGoOn when somebody has it."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    where = f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
    listening = socket.socket(family, socket.SOCK_STREAM)
    try:
        listening.setsockopt(
            socket.SOL_SOCKET, socket.SO_REUSEADDR, 1
        )  # closed connections do not hold it up
        if family == socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((address, port))
        listening.listen(1024)
    except OSError as fault:
        listening.close()
        raise _no_port(fault, where) from fault
    return listening


def _no_port(fault: OSError, where: str) -> CannotGoOn:
    if fault.errno == errno.EADDRINUSE:
        return CannotGoOn(
            f"{where} 已经有别的程序在用。请停掉它，或换一个端口，如 PORT=8001 ./run；数据没有动。",
            f"{where} is in use by another program. Stop it or choose another port, such as PORT=8001 ./run; no data was"
            " touched.",
            code="site.port-in-use",
        )
    if fault.errno == errno.EACCES:
        return CannotGoOn(
            f"当前用户不能用 {where}：1024 以下的端口只给 root。请换一个端口，如 PORT=8000；数据没有动。",
            f"This user may not use {where}: ports below 1024 are root's. Choose another, such as PORT=8000; no data was"
            " touched.",
            code="site.port-not-allowed",
        )
    return CannotGoOn(
        f"这台机器上用不了 {where}（{fault.strerror}）。请把 DIANPING_BIND 写成本机的一个地址，如 127.0.0.1；数据没有动。",
        f"{where} cannot be used on this machine ({fault.strerror}). Set DIANPING_BIND to an address of this machine, such"
        " as 127.0.0.1; no data was touched.",
        code="site.address-unusable",
    )


def processes_for(wanted: int) -> int:
    """How many processes to serve from: as wanted, else one a core, eight at most, and no more than memory allows."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    many, free = wanted or min(cores, 8), free_memory()
    room = (free - BASE) // EACH
    if room < 1:
        raise CannotGoOn(
            f"内存不够：现在可用 {free} MB，至少要 {BASE + EACH} MB。请关掉别的程序，或换一台机器；数据没有动。",
            f"Too little memory: {free} MB are free, {BASE + EACH} MB are needed at least. Close other programs or take"
            " another machine; no data was touched.",
            code="site.too-little-memory",
        )
    return min(many, room)


def free_memory() -> int:
    """Megabytes this program may still take: the machine's, its control group's, its own limit's; the least of them."""
    amounts = [_of_machine(), _of_group(Path("/sys/fs/cgroup")), _of_limit()]
    return min(amount for amount in amounts if amount is not None)


def _of_machine() -> int | None:
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) >> 10 for line in lines if line.startswith("MemAvailable:")), None)


def _of_group(group: Path) -> int | None:
    try:
        most, used = ((group / name).read_text().strip() for name in ("memory.max", "memory.current"))
        idle = [
            line
            for line in (group / "memory.stat").read_text().splitlines()
            if line.startswith("inactive_file ")
        ]
    except OSError:
        return None
    if most == "max":
        return None
    return (int(most) - int(used) + sum(int(line.split()[1]) for line in idle)) >> 20


def _of_limit() -> int:
    """What `ulimit -v` leaves; addresses are taken in far larger pieces than memory, so it counts for a quarter."""
    import resource

    soft, _ = resource.getrlimit(resource.RLIMIT_AS)
    return 1 << 30 if soft == resource.RLIM_INFINITY else soft >> 22
