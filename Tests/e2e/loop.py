"""The whole closed loop of both tracks by five people in five browsers: the city's office, a handler and the
director at a desk, the paired official on a phone, the enterprise in English. Nothing here needs a script:
the same loop goes round once more without.
"""

import datetime
import struct
import zlib

from playwright.sync_api import expect

from people import PHONE, Crew, Person


def photo(shade: int = 128) -> dict:
    """A small picture, as a phone would send one; the same shade is the same picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    size = 64
    rows = b"".join(b"\0" + bytes((x * 4, y * 4, shade)[c] for x in range(size) for c in range(3)) for y in range(size))
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return {"name": "现场照片.png", "mimeType": "image/png", "buffer": png}


class Cast:
    """The five, each with an account."""

    def __init__(self, crew: Crew, official: str, enterprise: str, suffix: str, **options):
        def person(role: str, name: str, username: str, *seat: str, **more) -> Person:
            link = crew.server.invite(role, name, *seat)
            return crew.person(link, username + suffix, **(options | more))

        self.crew = crew
        self.office = person("office", "市活动办", "office")
        self.handler = person("handler", "水利局经办", "water", "--unit", "清河县水利局")
        self.director = person("director", "活动办主任", "director")
        self.official = person("official", "李援", "liyuan", "--official", official, **PHONE)
        self.enterprise = person(
            "enterprise", "Wang Wu", "wangwu", "--enterprise", enterprise, locale="en-US"
        )

    def everybody(self) -> list[Person]:
        return [self.office, self.handler, self.director, self.official, self.enterprise]


def register(person: Person, title: str, concerns: str = "", track: str = "", files=()) -> str:
    """Registers a problem; its address."""
    person.goto("/problems/new")
    if track and person.page.locator("[name=track][type=radio]").count():
        person.click(f'[name=track][value="{track}"]')
    person.fill("#title", title)
    if concerns and person.page.locator("#concerns[list]").count():
        person.fill("#concerns", concerns)
    if files:
        person.fields += 1
        person.page.locator("#files").set_input_files(list(files))
    required = person.page.locator("form#registration [required]")
    names = {field.get_attribute("name") for field in required.all()}
    assert len(names) <= 3, f"registering demands {names}"
    person.look("register")
    person.click("form#registration button.primary")
    person.heading(title)
    return person.path


def village(cast: Cast, title: str) -> str:
    """A village's problem on two lines: found on a phone, objected to, urged, answered by both."""
    office, handler, official = cast.office, cast.handler, cast.official
    with official.counting("register"):
        problem = register(official, title, "示例市/清河县/柳林镇/河湾村", "village", [photo()])
    official.look("phone-registered")
    office.goto(problem)
    expect(office.page.locator(".files img, .files a").first).to_be_visible()
    office.act("judge", "已研判", category="infrastructure", difficulty="general")
    with office.counting("assign"):
        office.act("assign", "已交办", unit="清河县水利局", official="李援")
    legs = office.page.locator("table.milestones tr.leg")
    expect(legs).to_have_count(2)
    office.look("assigned")

    handler.goto("/tasks")
    handler.look("tasks-handler")
    handler.click(handler.page.get_by_role("link", name=title).first)
    handler.act("acknowledge", "已签收")
    handler.act("object", text="渠道属乡镇管护")
    office.goto(problem)
    office.act("rule_objection", yes="no", text="由水利局主办")
    with office.counting("urge"):
        office.act("urge", text="请尽快组织清淤")
    paper = office.page.locator(".papers").get_by_role("link", name="催办单").first
    office.click(paper)
    office.look("urging-order")
    handler.goto(problem)
    with handler.counting("feed back"):
        handler.act("feedback", "办理中", text="已派人清淤")
    handler.page.locator("#attach-files").set_input_files([photo(200)])
    handler.click("details.add > summary")
    handler.click("form.attach button")
    expect(handler.page.locator(".files li")).to_have_count(2)
    handler.act("claim", outcome="solved", text="清淤二百米", evidence="照片 2 张")
    official.goto("/tasks")
    official.look("phone-tasks")
    official.click(official.page.get_by_role("link", name=title).first)
    official.act("answer", "待核查", text="村里已验收，水到田头")
    official.look("phone-answered")
    office.goto(problem)
    office.act("verify", "已核查", yes="yes", text="现场查看，已通水")
    close_by_link(cast, problem)
    return problem


def close_by_link(cast: Cast, problem: str) -> None:
    """The asker rates by a one-time link, without an account; it works once; then it is closed."""
    office, crew = cast.office, cast.crew
    office.click('form[action$="/evaluation-link"] button')
    link = office.page.locator("#evaluation-link").input_value()
    assert link.startswith(crew.server.address), link
    asker = crew.person(**PHONE, java_script_enabled=cast.scripted)
    asker.page.goto(link)
    asker.look("phone-evaluation")
    with asker.counting("rate"):
        asker.click("[name=rating][value=satisfied]")
        asker.click("form.rating button.primary")
    assert asker.clicks <= 2, f"rating takes {asker.clicks} taps"
    expect(asker.page.locator("form.rating")).to_have_count(0)
    asker.page.goto(link)
    expect(asker.page.locator("form.rating")).to_have_count(0)
    office.goto(problem)
    office.act("close", "已销号")


def enterprise(cast: Cast, title: str) -> str:
    """An enterprise's problem: told in English, put off once with the office's leave, rated by its owner."""
    office, handler, firm, director = cast.office, cast.handler, cast.enterprise, cast.director
    problem = register(firm, title, "清河机械有限公司", "enterprise")
    firm.look("english-registered")
    number = problem.rsplit("/", 1)[1]
    director.goto(f"/problems/{number}")
    director.act("judge", "已研判", category="utilities", difficulty="individual")
    director.act("assign", "已交办", unit="清河县水利局")
    handler.goto(f"/problems/{number}")
    handler.act("acknowledge", "已签收")
    handler.act("ask_extension", until=(datetime.date.today() + datetime.timedelta(30)).isoformat(), text="变压器需要招标")
    office.goto(f"/problems/{number}")
    office.act("decide_extension", yes="yes", text="同意延期")
    handler.goto(f"/problems/{number}")
    handler.act("claim", "待核查", outcome="solved", text="已增容", evidence="验收单")
    office.goto(f"/problems/{number}")
    office.act("verify", "已核查", yes="yes", text="现场核实")
    firm.goto("/")
    firm.look("english-portal")
    firm.click(firm.page.get_by_role("link", name=title).first)
    with firm.counting("rate, signed in"):
        firm.click("[name=rating][value=satisfied]")
        firm.click("form.rating button.primary")
    assert firm.clicks <= 2, f"rating takes {firm.clicks} taps"
    expect(firm.page.locator("form.rating")).to_have_count(0)
    office.goto(f"/problems/{number}")
    office.act("close", "已销号")
    return problem


def inboxes(cast: Cast) -> None:
    """Everybody was told what happened, each in their own inbox."""
    for person in cast.everybody():
        person.goto("/inbox")
        expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        person.look("inbox")


def run(crew: Crew, official: str, enterprise_id: str, scripted: bool) -> None:
    suffix = "" if scripted else ".plain"
    cast = Cast(crew, official, enterprise_id, suffix, java_script_enabled=scripted)
    cast.scripted = scripted
    village(cast, "村南灌溉渠堵塞" if scripted else "村北灌溉渠堵塞")
    enterprise(cast, "Transformer too small" if scripted else "Road too narrow")
    inboxes(cast)
    for person in cast.everybody():
        person.page.context.close()
    crew.end()
