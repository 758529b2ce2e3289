"""Who is in charge of whom: computed, looked at, adopted, seen by those concerned; and a visit to an enterprise that
moves it. Each page is looked at by axe too."""

import datetime
import json

from playwright.sync_api import expect

from deeds import seen
from people import PHONE, Crew, Person


def adopted(office: Person, track: str) -> None:
    """Computed and put into force from today on."""
    office.goto(f"/pairings?track={track}")
    seen(office, f"pairings-{track}")
    office.click('form:has(input[name=kind][value=plan]) button')
    office.heading("")
    assert office.path.startswith("/pairings/plans/"), office.path
    seen(office, f"plan-{track}")
    office.click("details.confirm:has(#day) > summary")
    office.click("details.confirm:has(#day) form button.primary")
    expect(office.page.locator("details.confirm:has(#day)")).to_have_count(0)
    seen(office, f"plan-adopted-{track}")


def marked(office: Person) -> None:
    """A pair of a plan is excluded by hand; the next plan keeps to it."""
    office.goto("/pairings?track=village")
    office.click('form:has(input[name=kind][value=plan]) button')
    office.click(office.page.locator(".deeds a").first)
    seen(office, "why")
    office.page.go_back()
    office.click(office.page.locator(".deeds a").nth(2))
    seen(office, "mark")
    office.choose("#reason", "conflict")
    office.click("main form button.primary")
    expect(office.page.locator("main")).to_contain_text("排除")
    seen(office, "marks")
    office.goto("/pairings?track=village")
    office.click('form:has(input[name=kind][value=plan]) button')
    assert office.path.startswith("/pairings/plans/"), office.path


def visited(helper: Person, owner: Person) -> None:
    """An official plans a visit, the enterprise moves it."""
    helper.goto("/visits/new")
    helper.click(helper.page.locator('main a[href*="enterprise="]', has_text="清河县示例面粉厂"))
    day = datetime.date.today() + datetime.timedelta(days=8)
    while day.weekday() > 4:
        day += datetime.timedelta(days=1)
    helper.fill("#day", day.isoformat())
    helper.click(helper.page.locator("#kind label").first)
    helper.fill("#purpose", "了解用电增容进展")
    seen(helper, "visit-new")
    helper.click("main form button.primary")
    seen(helper, "visit")
    owner.goto("/my/visits")
    expect(owner.page.locator("main")).to_contain_text("了解用电增容进展")
    seen(owner, "own-visits")


def run(crew: Crew) -> None:
    server = crew.server
    found = json.loads(server.command("search", "赵示例", "--json"))["found"]
    firm = json.loads(server.command("search", "清河县示例面粉厂", "--json"))["found"]
    office = crew.person(server.invite("office", "办公室"), "pairing")
    for track in ["village", "enterprise"]:
        adopted(office, track)
    marked(office)
    office.goto("/pairings/board?unit=%E6%B8%85%E6%B2%B3%E5%8E%BF")
    seen(office, "board")
    helper = crew.person(
        server.invite("official", "赵示例", "--official", found[0]["id"]), "zhao", **PHONE)
    helper.goto("/my/pairs")
    expect(helper.page.locator("main")).to_contain_text("清河县示例面粉厂")
    seen(helper, "my-pairs")
    owner = crew.person(
        server.invite("enterprise", "王示例", "--enterprise", firm[0]["id"]), "wang", **PHONE)
    owner.goto("/my")
    expect(owner.page.locator("main")).to_contain_text("赵示例")
    seen(owner, "own-with-official")
    visited(helper, owner)
    for person in [office, helper, owner]:
        person.page.context.close()
    crew.end()
