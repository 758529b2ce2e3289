"""What the office does besides the loop: views, exports, bulk work, imports, batches, looks in full, files taken back.
Each page that comes of a form is looked at by axe too."""

import re

from playwright.sync_api import expect

import axe
from loop import photo, register
from people import Crew, Person

UNITS = "名称,类型,上级\n清河县林业局,部门,示例市/清河县\n清河县气象局,部门,示例市/清河县\n没有上级局,部门,示例市/不存在县\n"


def seen(person: Person, name: str) -> None:
    person.look(name)
    person.crew.faults += [f"{name}: {found}" for found in axe.violations(person.page)]


def download(person: Person, selector: str) -> str:
    """The name of the file that a button or a link leads to."""
    with person.page.expect_download() as found:
        person.click(person.page.locator(selector).first)
    assert found.value.failure() is None
    # A double click is one: the same form may be sent again after a moment.
    person.page.wait_for_timeout(2200)
    return found.value.suggested_filename


def opened(person: Person, inner: str) -> None:
    """The details that hold a form are open."""
    box = person.page.locator(f"details:has({inner})").last
    if box.count() and box.get_attribute("open") is None:
        person.click(box.locator("> summary"))


def views(office: Person) -> None:
    office.goto("/problems?state=registered")
    opened(office, "#view-name")
    office.fill("#view-name", "待受理")
    office.click('form[action="/problem-views"] button')
    expect(office.page.locator(".tabs")).to_contain_text("待受理")
    seen(office, "saved-view")
    for form in ["default", "drop"]:
        office.click(office.page.locator(".tabs").get_by_role("link", name="待受理"))
        opened(office, f'form[action="/problem-views/{form}"]')
        office.click(f'form[action="/problem-views/{form}"] button')
    expect(office.page.locator(".tabs")).not_to_contain_text("待受理")


def exports(office: Person) -> None:
    office.goto("/problems?track=village")
    for kind in ["xlsx", "csv"]:
        opened(office, 'form[action="/problems/export"]')
        name = download(office, f'form[action="/problems/export"] button[value={kind}]')
        assert name.endswith("." + kind), name
    office.goto("/enterprises")
    opened(office, 'form[action^="/exports/"]')
    name = download(office, 'form[action^="/exports/"] button')
    assert name.endswith((".xlsx", ".csv")), name


def bulk(office: Person) -> None:
    """Two at once: seen before it is done, and told what was not."""
    titles = ["批量研判一", "批量研判二"]
    for title in titles:
        register(office, title, "示例市/清河县/柳林镇/河湾村", "village")
    office.goto("/problems?state=registered&track=village")
    for title in titles:
        row = office.page.locator("tbody tr", has_text=title)
        row.locator("input[type=checkbox]").check()
    office.click('.bulk button[value="judge"]')
    seen(office, "bulk-form")
    office.choose("#bulk-category", "infrastructure")
    office.choose("#bulk-difficulty", "general")
    office.click("main form button.primary")
    for title in titles:
        expect(office.page.locator("main")).to_contain_text(title)
    seen(office, "bulk-preview")
    office.click(office.page.locator("main form:has([name=step][value=do]) button"))
    seen(office, "bulk-result")
    office.goto("/problems?state=judged")
    for title in titles:
        expect(office.page.locator("#list")).to_contain_text(title)


def imports(office: Person) -> None:
    office.goto("/imports")
    assert download(office, 'a[href^="/imports/templates/"]').endswith(".xlsx")
    office.click("[name=kind][value=units]")
    file = {"name": "单位.csv", "mimeType": "text/csv", "buffer": UNITS.encode()}
    office.page.locator("#file").set_input_files(file)
    office.click("main form button.primary")
    good = office.page.locator("form:has([name=accept][value=good]) button")
    expect(good).to_be_visible(timeout=15_000)
    seen(office, "import-checked")
    assert download(office, 'a[href$="/diagnostics"]').endswith(".xlsx")
    office.click(good)
    expect(office.page.locator("#import form")).to_have_count(0, timeout=15_000)
    seen(office, "import-done")
    office.goto("/search?q=林业局")
    expect(office.page.locator(".found")).to_contain_text("清河县林业局")
    seen(office, "search")


def in_full(office: Person) -> None:
    """A telephone number is masked until somebody asks for it, which the ledger tells."""
    office.goto("/enterprises")
    office.click(office.page.get_by_role("link", name="清河机械有限公司").first)
    expect(office.page.locator("main")).not_to_contain_text("13800000001")
    office.click('form[action$="/in-full"] button')
    expect(office.page.locator("main")).to_contain_text(re.compile("138 ?0000 ?0001"))
    seen(office, "in-full")


def batches(office: Person) -> None:
    office.goto("/batches/new")
    office.click("[name=track][value=village]")
    office.fill("#title", "机井普遍老化")
    office.fill("#cause", "多年没有更新")
    office.click("main form button.primary")
    office.heading("机井普遍老化")
    seen(office, "batch")


def files(office: Person) -> None:
    """A file is seen, saved and taken back with a reason."""
    register(office, "附件要撤回", "示例市/清河县/柳林镇/河湾村", "village", [photo(77)])
    picture = office.page.locator(".files img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("node => node.complete && node.naturalWidth > 0"), "the picture is not shown"
    office.click(office.page.locator(".files details summary").first)
    office.fill(".files [name=reason]", "拍错了")
    office.click('form[action$="/withdrawal"] button')
    expect(office.page.locator(".files img")).to_have_count(0)
    seen(office, "file-withdrawn")


def sessions(office: Person) -> None:
    office.goto("/inbox/settings")
    office.click("main form button")
    office.goto("/account")
    seen(office, "account")
    others = office.page.locator('form[action="/account/sessions/others"] button')
    if others.count():
        office.click(others)
    office.goto("/tasks")
    office.click(office.page.locator("details.me summary"))
    office.click('details.me form[action="/sign-out"] button')
    expect(office.page.locator("[name=password]")).to_be_visible()


def run(crew: Crew) -> None:
    office = crew.person(crew.server.invite("office", "办公室"), "deeds")
    for deed in [views, exports, bulk, imports, in_full, batches, files, sessions]:
        deed(office)
    office.page.context.close()
    crew.end()
