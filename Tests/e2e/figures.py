"""Charts, the map and the wall, as the style guide shows them: drawn under the pages' own policy in both languages, in the
light and in the dark, on a desk and on a phone; led through by keyboard; honest when the line is down."""

import json
import pathlib

from playwright.sync_api import Route, expect

from deeds import seen
from people import PHONE, Crew, Person

SQUARE = [[[113.0, 34.0], [113.2, 34.0], [113.2, 34.2], [113.0, 34.2], [113.0, 34.0]]]


def drawn(person: Person, name: str) -> None:
    person.goto("/styleguide")
    plots = person.page.locator("figure[data-chart] .plot")
    expect(person.page.locator("figure[data-chart] .plot svg")).to_have_count(plots.count())
    assert plots.count() >= 8, plots.count()
    # What the bars say stands in the table as well.
    rows = person.page.locator("#sample-bars tbody tr")
    shown = person.page.locator("#sample-bars .plot svg").text_content()
    for text in rows.locator("td:nth-child(2)").all_text_contents():
        assert text in shown, f"{name}: {text} is not drawn"
    seen(person, f"figures-{name}")


def turned(person: Person) -> None:
    """The map by keyboard: from area to area, through the days."""
    person.goto("/styleguide")
    areas = person.page.locator("#sample-map .ground a[href]")
    expect(areas).to_have_count(6)
    expect(person.page.locator("#sample-map .tiles-map li")).to_have_count(2)
    areas.first.focus()
    person.page.keyboard.press("Tab")
    expect(areas.nth(1)).to_be_focused()
    slider, day = person.page.locator("#sample-map input[type=range]"), person.page.locator("#sample-map output")
    before, name = day.inner_text(), areas.first.get_attribute("aria-label")
    slider.press("Home")
    expect(day).not_to_have_text(before)
    assert slider.get_attribute("aria-valuetext") == day.inner_text()
    assert areas.first.get_attribute("aria-label") != name


def dropped(person: Person) -> None:
    """The wall turns, holds still, and says since when nothing was heard."""

    def hurried(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace('data-turn="8"', 'data-turn="1"').replace('data-refresh="60"', 'data-refresh="1"')
        route.fulfill(response=answer, body=text)

    page = person.page
    page.route("**/styleguide/wall*", hurried)
    person.goto("/styleguide/wall")
    seen(person, "wall")
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#charts")).to_be_visible()
    page.keyboard.press("Space")
    expect(page.locator("#paused")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#numbers")).to_be_visible()
    expect(page.locator("#stale")).to_be_hidden()
    page.unroute("**/styleguide/wall*")
    page.context.set_offline(True)
    expect(page.locator("#stale")).to_be_visible(timeout=15000)
    page.context.set_offline(False)
    expect(page.locator("#stale")).to_be_hidden(timeout=15000)


def outlined(crew: Crew, office: Person) -> None:
    """An outline that the operator brings is on the map of what is above it, sent once."""
    feature = {"type": "Feature", "properties": {"name": "清河县"}, "geometry": {"type": "Polygon", "coordinates": SQUARE}}
    file = pathlib.Path(crew.server.folder) / "outlines.geojson"
    file.write_text(json.dumps(feature), encoding="utf-8")
    line = json.loads(crew.server.command("map", "import", str(file), "--level", "county", "--json"))["units"][0]
    assert line["change"] == "added", line
    city = json.loads(crew.server.command("search", "示例市", "--json"))["found"][0]["id"]
    answer = office.page.request.get(f"{crew.server.address}/map/outlines.json?unit={city}")
    assert [area["unit"] for area in answer.json()["areas"]] == [line["unit"]], answer.text()
    again = office.page.request.get(answer.url, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304, again.status


def run(crew: Crew) -> None:
    for locale in ("zh-CN", "en-GB"):
        for scheme in ("light", "dark"):
            for size, options in {"desk": {}, "phone": PHONE}.items():
                person = crew.person(locale=locale, color_scheme=scheme, **options)
                drawn(person, f"{locale}-{scheme}-{size}")
                person.page.context.close()
    person = crew.person()
    turned(person)
    dropped(person)
    person.page.context.close()
    office = crew.person(crew.server.invite("office", "图"), "figures.office")
    outlined(crew, office)
    crew.end()
