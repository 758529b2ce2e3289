/// The product's version (semver.org).
package enum Version {
  package static let text = "0.8.0"
}
