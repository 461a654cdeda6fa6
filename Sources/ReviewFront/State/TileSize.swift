/// How wide samples are drawn in a grid, in cells; the height follows from the sample's shape.
package enum TileSize {
  package static let widths = [10, 14, 20, 28, 42, 56]
  package static let usual = 1
}
