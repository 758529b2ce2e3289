"""How long the register page takes to show something on a slow phone: Fast 3G, a processor four times as slow, nothing
in the cache (Chromium's own profile: 1.6 Mbit/s down, 750 kbit/s up, 150 ms)."""

from people import PHONE, Crew

LONGEST = 2.0
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def run(crew: Crew) -> None:
    person = crew.person(crew.server.invite("office", "慢手机"), "slow.phone", **PHONE)
    line = person.page.context.new_cdp_session(person.page)
    line.send("Network.enable")
    line.send("Network.setCacheDisabled", {"cacheDisabled": True})
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": 150,
            "downloadThroughput": 1.6 * 1024 * 1024 / 8 * 0.9,
            "uploadThroughput": 750 * 1024 / 8 * 0.9,
        },
    )
    line.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    paints = []
    for _ in range(3):
        person.goto("/problems/new")
        person.page.wait_for_function(PAINT)
        paints.append(person.page.evaluate(PAINT) / 1000)
    paints.sort()
    crew.counts["first paint of the register page, Fast 3G, 4× CPU"] = f"{paints[1]:.2f} s"
    assert paints[1] <= LONGEST, f"first paint after {paints[1]:.2f} s, not {LONGEST} s"
    person.page.context.close()
    crew.end()
