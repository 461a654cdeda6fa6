import ReviewCore
import RunFormats
import Testing

@Suite struct GridDetectorTests {
  @Test(arguments: [
    (8, 8, 28, 2, 0), (8, 4, 28, 2, 0), (5, 5, 28, 2, 0), (8, 8, 32, 2, 255), (4, 4, 28, 1, 0),
    (10, 10, 28, 2, 128), (8, 2, 64, 2, 0), (8, 8, 16, 2, 0), (6, 3, 28, 4, 255),
  ])
  func paddedGrids(_ columns: Int, _ rows: Int, _ size: Int, _ padding: Int, _ pad: Int) throws {
    let pictures = (1...3).map {
      grid(
        columns: columns, rows: rows, size: size, padding: padding, pad: UInt8(pad), seed: $0)
    }
    let layout = try #require(GridDetector(pictures: pictures).layout())
    #expect(layout.columns == columns && layout.rows == rows)
    #expect(layout.padding == padding && layout.hasBorder)
    #expect(layout.sampleWidth == size && layout.sampleHeight == size)
    #expect(layout.count == columns * rows)
    #expect(layout.certainty > 0.5)
  }

  @Test(arguments: [(8, 8, 28), (8, 4, 28), (4, 4, 32), (8, 8, 16)])
  func gridsWithoutPadding(_ columns: Int, _ rows: Int, _ size: Int) throws {
    let pictures = (1...3).map {
      grid(columns: columns, rows: rows, size: size, padding: 0, seed: $0)
    }
    let layout = try #require(GridDetector(pictures: pictures).layout())
    #expect(layout.columns == columns && layout.rows == rows && layout.padding == 0)
  }

  @Test(arguments: [1, 5, 7])
  func aPartFilledLastRow(_ missing: Int) throws {
    let pictures = (1...2).map {
      grid(columns: 8, rows: 4, size: 28, padding: 2, count: 32 - missing, seed: $0)
    }
    let layout = try #require(GridDetector(pictures: pictures).layout())
    #expect(layout.columns == 8 && layout.rows == 4)
    #expect(layout.count == 32 - missing)
  }

  @Test func innerGapsWithoutBorder() throws {
    let pictures = (1...3).map {
      grid(columns: 6, rows: 6, size: 28, padding: 2, pad: 255, seed: $0, hasBorder: false)
    }
    let layout = try #require(GridDetector(pictures: pictures).layout())
    #expect(layout.columns == 6 && layout.padding == 2 && !layout.hasBorder)
  }

  @Test func aBlankPictureIsAGuessAndSaysSo() throws {
    let blank = GrayImage(width: 242, height: 242, pixels: Array(repeating: 0, count: 242 * 242))
    let layout = try #require(GridDetector(pictures: [blank]).layout())
    #expect(layout.columns == 8 && layout.sampleWidth == 28)
    #expect(layout.certainty < 0.5)
  }

  @Test func oneSmallPictureIsOneSample() throws {
    let layout = try #require(
      GridDetector(pictures: [grid(columns: 1, rows: 1, size: 28, padding: 0)]).layout())
    #expect(layout.columns == 1 && layout.rows == 1)
  }

  @Test func whatIsDeclaredCounts() throws {
    let pictures = [grid(columns: 8, rows: 8, size: 28, padding: 2)]
    var declared = RunDeclaration.DeclaredGrid()
    declared.columns = 4
    declared.count = 11
    let layout = try #require(GridDetector(pictures: pictures, declared: declared).layout())
    #expect(layout.columns == 4 && layout.count == 11 && layout.certainty == 1)
  }
}
