package import ReviewCore
import TerminalSurface

/// What is known of one run of a catalogue.
package struct CatalogueRow: Equatable, Sendable {
  package let name: String
  /// Nil while nobody has looked.
  package var facts: Facts?

  package enum Facts: Equatable, Sendable {
    case run(Summary)
    /// Why it cannot be opened.
    case problem(String)
  }

  package struct Summary: Equatable, Sendable {
    package let format: String
    package let checkpoints: Int
    package let axis: Axis
    package let hasSamples: Bool
    package let family: String?
    /// The rule's choice, such as `epoch 30`; nil for none.
    package let selected: String?
    /// How many checkpoints any reviewer gave a verdict.
    package let judged: Int

    package init(
      format: String, checkpoints: Int, axis: Axis, hasSamples: Bool, family: String?,
      selected: String?, judged: Int
    ) {
      self.format = format
      self.checkpoints = checkpoints
      self.axis = axis
      self.hasSamples = hasSamples
      self.family = family
      self.selected = selected
      self.judged = judged
    }
  }

  package init(name: String) { self.name = name }
}

/// The runs of a folder, or those that were named, to choose one from.
package struct CatalogueState: Sendable {
  package let title: String
  package internal(set) var rows: [CatalogueRow]
  package internal(set) var cursor = 0
  package internal(set) var top = 0
  /// Rows that Space marked, to be compared.
  package internal(set) var marked: Set<Int> = []
  package var width: Int
  package var height: Int
  package var theme: Theme
  package let keyMap: KeyMap
  /// One line, until the next key.
  package internal(set) var message: String?

  package init(
    title: String, names: [String], theme: Theme, keyMap: KeyMap, width: Int, height: Int
  ) {
    self.title = title
    rows = names.map { CatalogueRow(name: $0) }
    self.theme = theme
    self.keyMap = keyMap
    self.width = width
    self.height = height
  }

  /// Rows of the list that the screen has room for: all but title, heading, status and hints.
  var listHeight: Int { max(1, height - 4) }

  /// Takes in what was found out about a run.
  package mutating func take(_ facts: CatalogueRow.Facts, at row: Int) {
    if rows.indices.contains(row) { rows[row].facts = facts }
  }

  package mutating func tell(_ words: String) { message = words }
}

/// What is to be done outside.
package enum CatalogueEffect: Equatable, Sendable {
  /// Several are compared.
  case open([Int])
  case redraw
  case suspend
  case quit
}
