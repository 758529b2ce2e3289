"""What is wrong with a page for people who cannot see it well, use a mouse, or tell colours apart: axe-core's rules
for WCAG 2.2, levels A and AA."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """One line for each element that breaks a rule: the rule, the element, why. Closed menus and details are
    opened first, for what they hold is part of the page, and closed again."""
    page.evaluate(
        """() => {
          for (const each of document.querySelectorAll("details:not([open])")) {
            // Of details with one name only one may be open.
            each.dataset.opened = each.getAttribute("name") ?? "";
            each.removeAttribute("name");
            each.open = true;
          }
        }"""
    )
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    page.evaluate(
        """() => {
          for (const each of document.querySelectorAll("[data-opened]")) {
            each.open = false;
            if (each.dataset.opened) each.setAttribute("name", each.dataset.opened);
            delete each.dataset.opened;
          }
        }"""
    )
    return [
        f"{rule['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]
