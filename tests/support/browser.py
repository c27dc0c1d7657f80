"""A Chromium for the browser tests: find one, or install one.

``python -m tests.support.browser`` (part of ``make test``) makes sure that there is one. In order: the
``CHROME`` variable, a Chromium or Chrome on this machine, Playwright's own download (kept inside the
virtual environment), the distribution's package. Without any, the set-up fails: no browser test is
ever skipped. Playwright's driver is seen to first; a bare system lacks a library that it needs.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from playwright._impl._driver import compute_driver_executable

BROWSERS = Path(os.environ.setdefault("PLAYWRIGHT_BROWSERS_PATH", str(Path(sys.prefix) / "ms-playwright")))

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)

# Tests talk to a page on this machine and to nothing else: without these flags a browser looks for
# updates, lists and accounts at every start.
FLAGS = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


class NoBrowser(Exception):
    """There is no Chromium, and none could be installed."""


def flags() -> list[str]:
    """Command-line flags; root has to do without Chromium's sandbox."""
    return [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)


def find() -> Path | None:
    """The executable of a browser that is there and starts, if any."""
    if chosen := os.environ.get("CHROME"):
        if not _starts(Path(chosen)):
            raise NoBrowser(f"CHROME={chosen} is not a browser that starts")
        return Path(chosen)
    on_path = (Path(found) for name in NAMES if (found := shutil.which(name)))
    downloaded = (
        *sorted(BROWSERS.glob("chromium-*/chrome-linux*/chrome"), reverse=True),
        *sorted(BROWSERS.glob("chromium-*/chrome-mac*/*.app/Contents/MacOS/*"), reverse=True),
    )
    candidates = (*on_path, *(Path(place) for place in PLACES), *downloaded)
    return next((path for path in candidates if _starts(path)), None)


def ensure() -> Path:
    """The executable of a browser, installed if need be.

    Raises
    ------
    NoBrowser
        None is there, and neither Playwright nor the package manager could bring one.
    """
    failures = []
    if path := find():
        return path
    for install in (_download, _install_chromium):
        failures.append(install())
        if path := find():
            return path
    raise NoBrowser(
        "The browser tests need Chromium, and none could be installed:\n"
        + "\n".join(f"  - {failure}" for failure in failures)
        + "\nInstall Chromium or Chrome, or name one: CHROME=/path/to/chrome make test"
    )


def ensure_driver() -> None:
    """See to it that Playwright's driver starts.

    Raises
    ------
    NoBrowser
        It does not, and what it lacks could not be installed.
    """
    node, _ = compute_driver_executable()
    if not (failure := _fails([node, "--version"], 60)):
        return
    installed = _apt_install("libatomic1")  # all it links to that a minimal Debian does not have
    if failure := _fails([node, "--version"], 60):
        raise NoBrowser(f"Playwright's driver does not start: {failure}\n  {installed}".rstrip())


def _starts(path: Path) -> bool:
    try:
        return path.is_file() and not _fails([str(path), "--version", "--no-sandbox"], timeout=60)
    except PermissionError:
        return False


def _download() -> str:
    print("Downloading Chromium for the browser tests (once)", flush=True)
    environment = {"PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "20000"}
    failure = _fails([sys.executable, "-m", "playwright", "install", "chromium"], 900, environment)
    return f"playwright install chromium: {failure or 'it came, but does not start (libraries missing?)'}"


def _install_chromium() -> str:
    print("Installing the distribution's Chromium for the browser tests (once)", flush=True)
    return _apt_install("chromium") or "apt-get install chromium: it came, but does not start"


def _apt_install(package: str) -> str:
    """Install a Debian package; why that failed, or the empty string."""
    if not shutil.which("apt-get"):
        return f"there is no apt-get here to install {package} with"
    command = ["apt-get"]
    if os.geteuid() != 0:
        if not shutil.which("sudo") or _fails(["sudo", "--non-interactive", "true"], 20):
            return f"apt-get install {package}: needs root, or sudo without a password"
        command = ["sudo", "--non-interactive", "apt-get"]
    environment = {"DEBIAN_FRONTEND": "noninteractive"}
    options = ["install", "--yes", "--no-install-recommends", package]
    # A package list that cannot be refreshed may still do.
    stale = _fails([*command, "update"], 600, environment)
    failure = _fails([*command, *options], 1200, environment)
    return failure and f"apt-get install {package}: {failure}" + (f" (update: {stale})" if stale else "")


def _fails(command: list[str], timeout: float, environment: dict[str, str] | None = None) -> str:
    """Run quietly; why it failed (the last line that speaks of an error), or the empty string."""
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=timeout,
            env=os.environ | (environment or {}),
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"not done after {timeout:.0f} seconds"
    except OSError as error:
        return str(error)
    if done.returncode == 0:
        return ""
    lines = [line.strip() for line in done.stdout.decode(errors="replace").splitlines() if line.strip()]
    telling = [line for line in lines if re.search(r"error|failed|^E:", line, re.IGNORECASE)]
    return next(reversed(telling or lines), f"exit status {done.returncode}")


if __name__ == "__main__":
    try:
        ensure_driver()
        print(f"Browser: {ensure()}")
    except NoBrowser as problem:
        sys.exit(str(problem))
