import Domain

extension Route {
  /// Where what is still wanted of somebody is asked for; nil where nothing is.
  static func wanted(at stage: SignInStage) -> Route? {
    switch stage {
    case .code: .signInCode
    case .enrolment: .secondFactor
    case .password: .password
    case .grant: .waiting
    case .complete: nil
    }
  }
}
