/// What `sdb --version` and `show version` say.
package enum SdbVersion {
  package static let number = "0.1.0"
  package static let text = "sdb \(number)"
}
