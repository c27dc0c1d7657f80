"""``make screenshots``: the pictures in docs/images, taken of the seeded map as a reader sees it."""

import sys
import tempfile

from playwright.sync_api import Browser, sync_playwright

from tests.support import browser, live

IMAGES = live.CHECKOUT / "docs" / "images"

# name, address, width and height of the window in CSS pixels, colour scheme
PICTURES = (
    ("home", "/", 1280, 900, "light"),
    ("matrix", "/matrix", 1280, 900, "light"),
    ("matrix-dark", "/matrix", 1280, 900, "dark"),
    ("cruxes", "/cruxes", 1280, 900, "light"),
    ("home-phone", "/", 390, 844, "light"),
)


def take(chromium: Browser, server: live.LiveServer) -> list[str]:
    """Take all pictures; the addresses that gave no page."""
    missing = []
    for name, address, width, height, scheme in PICTURES:
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
            locale="en-GB",
        )
        page = context.new_page()
        answer = page.goto(server.url + address, wait_until="load")
        if answer is None or not answer.ok:
            missing.append(f"{address}: {answer.status if answer else 'no answer'}")
        else:
            page.screenshot(path=IMAGES / f"{name}.png")
        context.close()
    return missing


def main() -> None:
    """Load the seeds into a throw-away database, serve it, take the pictures."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="cruxmap-screenshots-") as folder:
        database = f"sqlite:///{folder}/map.sqlite3"
        loaded = live.run("load", "--database", database)
        if loaded.returncode:
            sys.exit(f"cruxmap load failed:\n{loaded.stdout}{loaded.stderr}")
        with live.serving(database) as server, sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=browser.ensure(), args=browser.flags())
            missing = take(chromium, server)
            chromium.close()
    if missing:
        sys.exit("These pages are not there:\n  " + "\n  ".join(missing))
    print(f"Wrote {len(PICTURES)} pictures to docs/images")


if __name__ == "__main__":
    main()
