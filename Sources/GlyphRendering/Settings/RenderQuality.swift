/// How much work goes into one picture: a single pass, or a search over neighbouring cells too.
package enum RenderQuality: String, CaseIterable, Sendable {
  case instant, best
}
