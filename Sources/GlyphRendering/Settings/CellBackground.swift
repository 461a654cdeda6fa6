/// Whether a cell may have a background of its own; without colour it never has.
package enum CellBackground: String, CaseIterable, Sendable {
  case none, gray
}
