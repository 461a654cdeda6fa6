/// What even areas of a picture become: as near as glyphs come, or calm.
package enum Texture: String, CaseIterable, Sendable {
  case near, smooth
}
