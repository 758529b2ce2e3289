import Domain
import Testing

@Suite struct CredentialsTests {
  @Test(arguments: [
    ("王小明", nil), ("li.wei-2", nil), ("a", CredentialFault.usernameForm), ("两 个", .usernameForm),
    ("", .usernameForm), ("a/b", .usernameForm), ("..", .usernameForm), ("ｏｆｆｉｃｅ", .usernameForm),
    ("offi\u{441}e", .usernameForm), ("e\u{301}tu", .usernameForm),
  ])
  func usernames(name: String, fault: CredentialFault?) {
    #expect(
      self.fault { () throws(CredentialFault) in try Credentials.check(username: name) } == fault)
  }

  @Test(arguments: [
    ("correct horse", nil), ("short", CredentialFault.passwordTooShort),
    ("aaaaaaaaaaaa", .passwordTooSimple), ("my-zhang-password", .passwordTooSimple),
    (String(repeating: "汉字密码", count: 30), .passwordTooLong),
  ])
  func passwords(password: String, fault: CredentialFault?) {
    #expect(
      self.fault { () throws(CredentialFault) in
        try Credentials.check(password: password, username: "Zhang")
      } == fault)
  }

  private func fault(_ work: () throws(CredentialFault) -> Void) -> CredentialFault? {
    do throws(CredentialFault) {
      try work()
      return nil
    } catch {
      return error
    }
  }
}
