/// Everything a program can ask for, feature by feature. Tests hold it against the pages and the document.
enum AllEndpoints {
  static let list: [Endpoint] = ProblemEndpoints.list
}
