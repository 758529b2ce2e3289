"""People with a browser window each, in which nothing may go wrong unseen."""

import contextlib
import json
import pathlib
import re
import urllib.parse

from playwright.sync_api import Browser, Locator, Page, expect

from server import PASSWORD, Server

PHONE = {
    "viewport": {"width": 360, "height": 740},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
# A window of 1280 px at 200 % shows as much as one of 640.
DESKTOP = {"viewport": {"width": 1280, "height": 800}}

OFFICIALS = "姓名,单位,轨道,手机\n李援,清河县水利局,联乡帮村,13900000001\n"
ENTERPRISES = "企业名称,县区,联系人,联系电话\n清河机械有限公司,示例市/清河县,王五,13800000001\n"


class Crew:
    """Everybody who takes part, the server they work on, and what they found wrong."""

    def __init__(self, browser: Browser, server: Server, screenshots: pathlib.Path | None = None):
        self.browser = browser
        self.server = server
        self.screenshots = screenshots
        self.faults: list[str] = []
        self.counts: dict[str, str] = {}
        self.shots = 0

    def person(self, link: str = "", username: str = "", locale="zh-CN", **options) -> "Person":
        """A window of its own; with a one-time link an account of its own."""
        context = self.browser.new_context(locale=locale, **(DESKTOP | options))
        person = Person(self, context.new_page())
        if link:
            person.sign_up(link, username)
        return person

    def registers(self) -> tuple[str, str]:
        """A paired official and an enterprise join the sample; their ids."""
        ids = []
        for kind, text, name in [
            ("officials", OFFICIALS, "李援"), ("enterprises", ENTERPRISES, "清河机械有限公司"),
        ]:  # fmt: skip
            path = pathlib.Path(self.server.folder) / f"{kind}.csv"
            path.write_text(text, encoding="utf-8")
            self.server.command("import", kind, str(path))
            found = json.loads(self.server.command("search", name, "--json"))["found"]
            ids.append(found[0]["id"])
        return ids[0], ids[1]

    def end(self) -> None:
        assert not self.faults, "\n".join(self.faults)


class Person:
    def __init__(self, crew: Crew, page: Page):
        self.crew = crew
        self.page = page
        self.clicks = 0
        self.fields = 0
        self.watch(page)

    def watch(self, page: Page) -> None:
        """No error of a script, no complaint of the browser's, no request to anybody else."""
        faults = self.crew.faults
        host = urllib.parse.urlsplit(self.crew.server.address).netloc
        page.on("pageerror", lambda error: faults.append(f"script: {error} ({page.url})"))
        page.on(
            "console",
            lambda message: faults.append(f"console: {message.text} ({page.url})")
            if message.type == "error"
            # What pages answer and a line that was cut are the tests' own.
            and not re.search(r"status of 4|ERR_INTERNET_DISCONNECTED", message.text)
            else None,
        )

        def asked(request):
            parts = urllib.parse.urlsplit(request.url)
            if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != host:
                faults.append(f"asked another host: {request.url} ({page.url})")

        page.on("request", asked)

    def tab(self) -> "Person":
        """The same person in another tab."""
        return Person(self.crew, self.page.context.new_page())

    # What hands do: counted.

    def click(self, target: Locator | str) -> None:
        self.clicks += 1
        self.locator(target).click()

    def fill(self, target: Locator | str, text: str) -> None:
        self.fields += 1
        self.locator(target).fill(text)

    def choose(self, target: Locator | str, value: str) -> None:
        self.fields += 1
        self.locator(target).select_option(value)

    def locator(self, target: Locator | str) -> Locator:
        return self.page.locator(target) if isinstance(target, str) else target

    @contextlib.contextmanager
    def counting(self, what: str):
        """Says how many clicks and fields something takes."""
        self.clicks = self.fields = 0
        yield self
        self.crew.counts[what] = f"{self.clicks} clicks, {self.fields} fields"

    # Where people are.

    def goto(self, path: str = "/") -> None:
        self.page.goto(urllib.parse.urljoin(self.crew.server.address, path))

    @property
    def path(self) -> str:
        return urllib.parse.urlsplit(self.page.url).path

    def heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(text)

    def state(self, text: str) -> None:
        expect(self.page.locator("strong.state")).to_have_text(text)

    def sign_up(self, link: str, username: str) -> None:
        self.page.goto(link)
        self.fill("[name=username]", username)
        self.fill("[name=password]", PASSWORD)
        self.fill("[name=repeated]", PASSWORD)
        self.click("main form button.primary")
        expect(self.page.locator("[name=repeated]")).to_have_count(0)

    def sign_in(self, username: str) -> None:
        self.goto("/sign-in")
        self.fill("[name=username]", username)
        self.fill("[name=password]", PASSWORD)
        self.click("main form button.primary")
        expect(self.page.locator("main [name=password]")).to_have_count(0)

    def look(self, name: str) -> None:
        """No page may be wider than its window; a picture is kept where one is asked for."""
        found = self.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if found[0] > found[1]:
            self.crew.faults.append(f"{name}: {found[0]} px wide in a window of {found[1]} px")
        if self.crew.screenshots:
            self.crew.shots += 1
            file = f"{self.crew.shots:03}-{name.strip('/').replace('/', '-')}.png"
            self.page.screenshot(path=self.crew.screenshots / file, full_page=True)

    # What people do to a problem.

    def action(self, action: str, leg: str = "") -> Locator:
        """The box with an action's form; what is not expected now stands under more."""
        form = f'details.action:has(form[action$="/{action}"])'
        if not self.page.locator(form).count():
            more = self.page.locator("details.more")
            if more.get_attribute("open") is None:
                self.click(more.locator("> summary"))
            self.click(more.locator(f'a[href*="action={action}"]{leg}').first)
        box = self.page.locator(form).first
        if box.get_attribute("open") is None:
            self.click(box.locator("> summary"))
        return box

    def act(self, action: str, state: str = "", leg: str = "", **fields: str) -> None:
        """Opens the form of an action, fills it in and sends it."""
        box = self.action(action, leg)
        for name, value in fields.items():
            field = box.locator(f'[name="{name}"]')
            kind = field.first.get_attribute("type")
            if kind == "radio":
                self.click(box.locator(f'[name="{name}"][value="{value}"]'))
            elif field.evaluate("node => node.localName") == "select":
                self.choose(field, value)
            else:
                self.fill(field, value)
        self.click(box.locator("form button").last)
        expect(self.page.locator("[role=alert]")).to_have_count(0)
        if state:
            self.state(state)
