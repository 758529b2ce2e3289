"""The whole way in Chromium, as a newcomer walks it: one-time links, registration, double assignment, due
dates, feedback, claim, verification by somebody else, the asker's rating by a link, closing, and the ledger
at the end.

    walk.py --program .build/release/lianbang [--screenshots FOLDER]
"""

import argparse
import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import time

from playwright.sync_api import Browser, Page, expect, sync_playwright

PASSWORD = "correct horse battery"


class Server:
    """The program on a fresh database and a free port."""

    def __init__(self, program: str, folder: str):
        self.program = program
        self.database = f"sqlite:{folder}/e2e.sqlite"
        started = time.monotonic()
        self.process = subprocess.Popen(
            [program, "serve", "--sample", "--port", "0", "--database", self.database],
            stdout=subprocess.PIPE,
            text=True,
        )
        self.address = self.line(r"(http://\S+)$")
        print(f"serving after {time.monotonic() - started:.2f} s")
        self.line("")
        self.links = [self.line(r"(http://\S+)$"), self.line(r"(http://\S+)$")]

    def line(self, pattern: str) -> str:
        line = self.process.stdout.readline().strip()
        match = re.search(pattern, line)
        assert match, f"unexpected line from the server: {line!r}"
        return match.group(1) if match.groups() else line

    def command(self, *words: str) -> str:
        done = subprocess.run(
            [self.program, *words, "--database", self.database], capture_output=True, text=True
        )
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        return done.stdout

    def stop(self) -> None:
        self.process.terminate()
        assert self.process.wait(15) == 0, "the server did not stop cleanly"


class Walk:
    def __init__(self, browser: Browser, server: Server, screenshots: pathlib.Path | None):
        self.browser = browser
        self.server = server
        self.screenshots = screenshots
        self.shots = 0
        self.faults: list[str] = []

    def person(self, **options) -> Page:
        """A browser window of its own, in which nothing may go wrong unseen."""
        page = self.browser.new_context(locale="zh-CN", **options).new_page()
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on(
            "console",
            lambda message: self.faults.append(f"console: {message.text} ({page.url})")
            if message.type == "error" and "status of 4" not in message.text
            else None,
        )
        return page

    def look(self, page: Page, name: str) -> None:
        """No page may be wider than its window; a picture is kept where one is asked for."""
        width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert width[0] <= width[1], f"{name}: {width[0]} px wide in a window of {width[1]} px"
        if self.screenshots:
            self.shots += 1
            page.screenshot(path=self.screenshots / f"{self.shots:02}-{name}.png", full_page=True)

    def sign_up(self, page: Page, link: str, username: str) -> None:
        page.goto(link)
        self.look(page, "invitation")
        page.get_by_label("用户名").fill(username)
        page.get_by_label("设置密码").fill(PASSWORD)
        page.get_by_label("再输一次密码").fill(PASSWORD)
        page.get_by_role("button", name="开通并登录").click()
        expect(page.get_by_role("heading", name="待办")).to_be_visible()

    def pick(self, page: Page, action: str) -> None:
        """Picks an action that is not expected now."""
        more = page.locator("details.more")
        if more.get_attribute("open") is None:
            more.locator("summary").click()
        self.look(page, f"more-{action}")
        more.get_by_role("link", name=action).last.click()

    def act(self, page: Page, action: str, fill=None, state: str = "") -> None:
        """Opens the form of an action, fills it in and sends it."""
        box = page.locator("details.action").filter(has=page.locator("summary", has_text=action))
        box = box.first
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        if fill:
            fill(box)
        self.look(page, f"form-{action}")
        box.get_by_role("button", name=action).click()
        expect(page.locator("strong.state")).to_have_text(state)


def walk(walk: Walk) -> None:
    server = walk.server
    office = walk.person()
    office.goto(server.address)
    expect(office.get_by_role("heading", name="登录")).to_be_visible()
    walk.look(office, "sign-in")
    office.get_by_label("用户名").fill("nobody")
    office.get_by_label("密码").fill("wrong")
    office.get_by_role("button", name="登录").click()
    expect(office.get_by_role("alert")).to_contain_text("用户名或密码不对")

    walk.sign_up(office, server.links[0], "office")
    handler = walk.person()
    walk.sign_up(handler, server.links[1], "water")
    expect(handler.locator(".empty")).to_contain_text("现在没有要办的事")
    walk.look(handler, "nothing-to-do")
    walk.look(office, "to-do")
    office.get_by_role("link", name="问题台账").click()

    # A link works once.
    stranger = walk.person()
    stranger.goto(server.links[0])
    expect(stranger.get_by_role("heading", name="链接已失效")).to_be_visible()

    # The list and its filters, without a reload.
    expect(office.locator("tbody tr")).to_have_count(6)
    walk.look(office, "list")
    office.evaluate("window.marker = 1")
    office.get_by_label("轨道").select_option("enterprise")
    expect(office.locator("tbody tr")).to_have_count(2)
    assert "track=enterprise" in office.url and office.evaluate("window.marker") == 1
    office.reload()
    expect(office.locator("tbody tr")).to_have_count(2)
    office.get_by_role("link", name="清除").click()
    expect(office.locator("tbody tr")).to_have_count(6)

    # From the organisation tree to a registration.
    office.locator("details.menu summary").click()
    office.get_by_role("link", name="组织机构").click()
    for name in ["示例市", "清河县", "柳林镇"]:
        office.locator("table").get_by_role("link", name=name, exact=True).click()
        expect(office.get_by_role("heading", name=name)).to_be_visible()
    walk.look(office, "tree")
    office.locator("table").get_by_role("link", name="河湾村").click()
    office.get_by_role("link", name="为此处登记问题").click()
    expect(office.get_by_label("涉及对象")).to_have_value("示例市/清河县/柳林镇/河湾村")
    office.get_by_label("问题", exact=True).fill("村南灌溉渠堵塞")
    office.get_by_text("更多：").click()
    office.get_by_label("发现日期").fill("2099-01-01")
    office.get_by_role("button", name="登记", exact=True).click()
    expect(office.get_by_role("alert")).to_contain_text("不能晚于今天")
    walk.look(office, "registration-fault")
    office.get_by_label("发现日期").fill("2026-01-05")
    office.get_by_role("button", name="登记", exact=True).click()
    expect(office.get_by_role("heading", name="村南灌溉渠堵塞")).to_be_visible()
    problem = office.url

    def judge(box):
        box.get_by_label("类别").select_option("infrastructure")
        box.get_by_label("难易").select_option("general")

    walk.act(office, "研判", judge, "已研判")

    def assign(box):
        # The field completes names.
        box.get_by_label("承办单位").press_sequentially("清河县水")
        expect(office.locator("datalist option")).to_have_attribute(
            "value", "示例市/清河县/清河县水利局"
        )
        box.get_by_label("承办单位").fill("清河县水利局")

    walk.act(office, "交办", assign, "已交办")
    # Both lines have their own clock: the handling unit's and the village's.
    expect(office.locator("table.milestones tr.leg")).to_have_count(2)
    expect(office.locator("table.milestones tbody tr")).to_have_count(8)
    expect(office.locator(".papers").get_by_role("link", name="交办单")).to_have_count(2)
    office.locator("table.milestones summary").first.click()
    expect(office.locator("table.milestones .steps").first).to_contain_text("当日不计")
    walk.look(office, "due-dates")

    # The handler's part, on a telephone.
    phone = walk.person(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    phone.context.add_cookies(handler.context.cookies())
    phone.goto(server.address)
    walk.look(phone, "phone-to-do")
    phone.get_by_role("link", name="村南灌溉渠堵塞").click()
    walk.look(phone, "phone-problem")
    walk.act(phone, "签收", None, "已签收")
    walk.act(phone, "反馈", lambda box: box.get_by_label("进展").fill("已派人清淤"), "办理中")

    def claim(box):
        box.get_by_label("办理结果").select_option("solved")
        box.get_by_label("办理情况").fill("清淤二百米，渠道恢复通水。")
        box.get_by_label("佐证").fill("照片 3 张，村支书签字")

    # What is not expected next stands under more.
    walk.pick(phone, "申请延期")
    walk.look(phone, "phone-extension")
    phone.goto(problem)
    walk.act(phone, "申请办结", claim, "办理中")
    # Its line has reported: nothing is left to do for it.
    expect(phone.locator("details.action form")).to_have_count(0)
    walk.look(phone, "phone-claimed")

    # The village has no account: the office reports for it, and so cannot check.
    office.goto(problem)
    walk.pick(office, "双反馈")
    walk.act(office, "双反馈", lambda box: box.get_by_label("办理情况").fill("村里已验收"), "待核查")
    expect(office.locator(".action .reason")).to_contain_text("您办理过这个问题")
    walk.look(office, "cannot-verify")

    invited = server.command(
        "account", "invite", "--name", "核查员", "--role", "office", "--url", server.address
    )
    checker = walk.person()
    walk.sign_up(checker, invited.strip(), "checker")
    checker.get_by_role("link", name="村南灌溉渠堵塞").click()

    def verify(box):
        box.get_by_label("属实，通过").check()
        box.get_by_label("核查情况").fill("现场查看，已通水")

    # Somebody else was quicker: the second tab is told.
    late = checker.context.new_page()
    late.goto(problem)
    walk.act(checker, "核查", verify, "已核查")
    verify(late.locator("details.action"))
    late.get_by_role("button", name="核查").click()
    expect(late.get_by_role("alert")).to_contain_text("别人已经办理")
    walk.look(late, "conflict")
    late.close()

    # The asker rates by a link, without an account; it works once.
    walk.look(checker, "verified")
    checker.get_by_role("button", name="生成评价链接").click()
    link = checker.get_by_label("评价链接").input_value()
    walk.look(checker, "evaluation-link")
    asker = walk.person(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    asker.goto(link)
    expect(asker.get_by_role("heading", name="村南灌溉渠堵塞")).to_be_visible()
    walk.look(asker, "phone-evaluation")
    asker.get_by_label("满意", exact=True).check()
    asker.get_by_label("想说的话").fill("水来了")
    asker.get_by_role("button", name="提交评价").click()
    expect(asker.get_by_role("heading", name="谢谢您的评价")).to_be_visible()
    walk.look(asker, "phone-evaluated")
    asker.goto(link)
    expect(asker.get_by_role("heading", name="链接已失效")).to_be_visible()

    checker.goto(problem)
    expect(checker.locator("strong.state")).to_have_text("已评价")
    walk.act(checker, "销号", None, "已销号")
    # The handler learns that it was rated, never how.
    phone.goto(problem)
    expect(phone.locator("strong.state")).to_have_text("已销号")
    assert "水来了" not in phone.content()
    office.goto(problem)
    walk.look(office, "closed")

    # English, dark and on paper.
    office.get_by_role("link", name="English").click()
    expect(office.get_by_text("Closed", exact=True).first).to_be_visible()
    walk.look(office, "english")
    office.emulate_media(color_scheme="dark")
    walk.look(office, "dark")
    office.emulate_media(color_scheme="light", media="print")
    walk.look(office, "print")
    office.emulate_media(media="screen")
    office.goto(server.address + "/problems/1")
    expect(office.get_by_role("heading", name="Not found")).to_be_visible()
    walk.look(office, "not-found")

    office.locator("details.me summary").click()
    office.get_by_role("button", name="Sign out").click()
    expect(office.get_by_role("heading", name="Sign in")).to_be_visible()
    office.goto(problem)
    expect(office.get_by_role("heading", name="Sign in")).to_be_visible()

    # Without a script everything still works.
    plain = walk.person(java_script_enabled=False)
    plain.goto(server.address)
    plain.get_by_label("用户名").fill("office")
    plain.get_by_label("密码").fill(PASSWORD)
    plain.get_by_role("button", name="登录").click()
    plain.get_by_role("link", name="问题台账").click()
    plain.get_by_label("进度").select_option("closed")
    plain.get_by_role("button", name="筛选").click()
    expect(plain.locator("tbody tr")).to_have_count(1)

    # The export gives every entry its place first.
    lines = server.command("ledger", "export").splitlines()
    report = json.loads(server.command("ledger", "verify", "--json"))
    assert report["ok"] and report["pending"] == 0 and report["size"] == len(lines), report
    print(f"ledger of {report['size']} entries verified")
    assert not walk.faults, walk.faults


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--screenshots", type=pathlib.Path)
    options = parser.parse_args()
    if options.screenshots:
        options.screenshots.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        server = Server(options.program, folder)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            walk(Walk(browser, server, options.screenshots))
        finally:
            browser.close()
            server.stop()
    # The form CI counts.
    print("1 passed, 0 failed")


if __name__ == "__main__":
    main()
