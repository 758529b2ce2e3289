"""Registered with the line cut, sent once it is back, exactly once; nothing of anybody else's is overwritten."""

import re

from playwright.sync_api import expect

from people import PHONE, Crew, Person

CONCERNS = "示例市/清河县/柳林镇/河湾村"


def write(person: Person, title: str) -> None:
    person.goto("/problems/new")
    if person.page.locator("[name=track][type=radio]").count():
        person.click("[name=track][value=village]")
    person.fill("#title", title)
    if person.page.locator("#concerns[list]").count():
        person.fill("#concerns", CONCERNS)


def send(person: Person) -> None:
    person.click("form#registration button.primary")


def registered(crew: Crew, title: str) -> int:
    """How many problems have this title, as its owner sees them."""
    return crew.server.command("problem", "list", "--as", "offline").count(f'"{title}"')


def back_on_line(person: Person, title: str) -> None:
    """The line is back: what waited is sent, and the page says so with a link."""
    person.page.context.set_offline(False)
    sent = person.page.locator("#drafts a", has_text=title)
    expect(sent).to_have_attribute("href", re.compile(r"/problems/\d+$"), timeout=15_000)


def sent_once(crew: Crew, person: Person) -> None:
    title = "断网登记的问题"
    write(person, title)
    person.page.context.set_offline(True)
    send(person)
    expect(person.page.locator("#drafts")).to_contain_text(title)
    assert registered(crew, title) == 0
    person.look("draft-waiting")
    back_on_line(person, title)
    person.look("draft-sent")
    assert registered(crew, title) == 1
    person.page.reload()
    person.page.wait_for_timeout(500)
    assert registered(crew, title) == 1


def two_tabs(crew: Crew, person: Person) -> None:
    """Two tabs and a reload in between send what waits once, not twice."""
    title = "两个标签页的问题"
    other = person.tab()
    other.goto("/problems/new")
    write(person, title)
    person.page.context.set_offline(True)
    send(person)
    expect(person.page.locator("#drafts")).to_contain_text(title)
    person.page.context.set_offline(False)
    for each in [other, person, other]:
        each.page.reload()
    person.page.wait_for_timeout(1500)
    assert registered(crew, title) == 1, registered(crew, title)
    other.page.close()


def typed_is_kept(person: Person) -> None:
    """What is typed stands there again after the window was closed."""
    write(person, "写了一半的问题")
    person.page.wait_for_timeout(800)
    again = person.tab()
    person.page.close()
    person.page = again.page
    person.goto("/problems/new")
    expect(person.page.locator("#title")).to_have_value("写了一半的问题")
    person.fill("#title", "")
    person.page.wait_for_timeout(800)


def session_ended(crew: Crew, person: Person) -> None:
    """Signed out meanwhile: nothing is sent and nothing lost; after signing in it is sent."""
    title = "会话结束后的问题"
    write(person, title)
    person.page.context.set_offline(True)
    send(person)
    expect(person.page.locator("#drafts")).to_contain_text(title)
    cookies = person.page.context.cookies()
    person.page.context.clear_cookies()
    person.page.context.set_offline(False)
    person.page.wait_for_timeout(1500)
    assert registered(crew, title) == 0
    expect(person.page.locator("#drafts")).to_contain_text(title)
    person.look("draft-conflict")
    person.page.context.add_cookies(cookies)
    person.goto("/problems/new")
    person.page.wait_for_timeout(1500)
    assert registered(crew, title) == 1


def run(crew: Crew, official: str) -> None:
    link = crew.server.invite("official", "李援", "--official", official)
    person = crew.person(link, "offline", **PHONE)
    sent_once(crew, person)
    two_tabs(crew, person)
    typed_is_kept(person)
    session_ended(crew, person)
    person.page.context.close()
    crew.end()
