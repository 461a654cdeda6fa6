/// One line for the reviewer, until the next key.
package struct Message: Equatable, Sendable {
  package enum Kind: Sendable { case info, saved, warning, error }

  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
