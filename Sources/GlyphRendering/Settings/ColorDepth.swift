/// How many colours the terminal is trusted to show.
package enum ColorDepth: String, CaseIterable, Sendable {
  case none
  case sixteen = "16"
  case palette = "256"
  case full
}
