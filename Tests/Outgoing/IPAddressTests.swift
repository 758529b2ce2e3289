import Testing

@testable import Outgoing

/// Expected values: the examples and ranges of IANA's IPv4 and IPv6 Special-Purpose Address Registries, their
/// first and last addresses and the neighbours outside.
struct IPAddressTests {
  @Test(
    "What IANA keeps for special purposes is not public",
    arguments: [
      "0.0.0.0", "0.255.255.255", "10.0.0.0", "10.255.255.255", "100.64.0.0", "100.127.255.255",
      "127.0.0.1", "127.255.255.254", "169.254.0.1", "169.254.169.254", "172.16.0.0",
      "172.31.255.255", "192.0.0.1", "192.0.2.7", "192.88.99.1", "192.168.0.0", "192.168.255.255",
      "198.18.0.0", "198.19.255.255", "198.51.100.1", "203.0.113.255", "224.0.0.1",
      "239.255.255.255", "240.0.0.1", "255.255.255.255",
      "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::7f00:1", "64:ff9b::7f00:1",
      "64:ff9b::192.168.1.1", "64:ff9b:1::1", "100::1", "2001::1", "2001:0:4136:e378::1",
      "2001:1ff:ffff::1", "2001:db8::1", "2002:7f00:1::1", "2002:c0a8:101::1", "2002:a9fe:a9fe::",
      "3fff::1", "3fff:fff:ffff::1", "4000::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1",
      "febf::1", "fec0::1", "ff02::1",
    ])
  func special(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic == false)
  }

  @Test(
    "What stands beside it is",
    arguments: [
      "1.0.0.0", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "126.255.255.255",
      "128.0.0.0", "169.253.255.255", "169.255.0.0", "172.15.255.255", "172.32.0.0", "192.0.1.0",
      "192.0.3.0", "192.167.255.255", "192.169.0.0", "198.17.255.255", "198.20.0.0",
      "223.255.255.255", "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
      "2001:200::1", "2001:4860:4860::8888", "2400:3200::1", "3ffe::1",
      "4000::".replacing("4000", with: "3fff:1000"),
    ])
  func open(text: String) throws {
    #expect(try #require(IPAddress(text)).isPublic)
  }

  @Test(
    "An address is what `inet_pton` takes",
    arguments: [
      "127.1", "2130706433", "0x7f.0.0.1", "010.0.0.1 ", "1.2.3", "", "::1%lo", "localhost",
    ])
  func none(text: String) {
    #expect(IPAddress(text) == nil)
  }

  @Test(
    "A range holds what has its first bits",
    arguments: [
      ("10.1.0.0/16", "10.1.255.255", true), ("10.1.0.0/16", "10.2.0.0", false),
      ("172.16.0.0/12", "172.31.0.1", true), ("172.16.0.0/12", "172.32.0.1", false),
      ("0.0.0.0/0", "8.8.8.8", true), ("10.0.0.1", "10.0.0.1", true),
      ("10.0.0.1", "10.0.0.2", false),
      ("fd00::/8", "fdff::1", true), ("fd00::/8", "fc00::1", false), ("10.0.0.0/8", "::1", false),
    ])
  func range(range: String, address: String, isIn: Bool) throws {
    let range = try #require(AddressRange(range))
    #expect(range.contains(try #require(IPAddress(address))) == isIn)
  }

  @Test(
    "No range",
    arguments: ["10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/", "10/8", "fd00::/129", "a/b/c"])
  func noRange(text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(
    "The operator's list opens by host, by address and by range",
    arguments: [
      (["exchange.city.gov"], true), (["10.1.2.3"], true), (["10.1.0.0/16"], true),
      (["10.2.0.0/16"], false), (["city.gov"], false), ([], false),
    ])
  func allowed(list: [String], permits: Bool) throws {
    let rules = AddressRules(allowed: list)
    let address = try #require(IPAddress("10.1.2.3"))
    #expect(rules.permits(address, of: "exchange.city.gov") == permits)
  }
}
