// Generated from themes/ by `make themes`; do not edit.

/// The themes that come with the program, as their files.
enum BuiltInThemes {
  /// By name, in the order of the files.
  static let texts: [(name: String, text: String)] = [
    (
      "default",
      #"""
      # For dark grounds. Colours are names of the 16 or numbers of the 256; what a terminal lacks is left out.
      name = "default"
      background = "dark"

      [roles]
      text      = {}
      dim       = { fg = "bright-black" }
      title     = { attributes = ["bold", "reverse"] }
      heading   = { attributes = ["bold"] }
      cursor    = { attributes = ["reverse"] }
      winner    = { fg = "bright-green", attributes = ["bold"] }
      candidate = { fg = "green" }
      keep      = { fg = "bright-green", attributes = ["bold"] }
      reject    = { fg = "bright-red" }
      tag       = { fg = "bright-yellow" }
      note      = { fg = "bright-cyan" }
      message   = { fg = "bright-cyan" }
      saved     = { fg = "bright-green" }
      warning   = { fg = "bright-yellow", attributes = ["bold"] }
      error     = { fg = "bright-red", attributes = ["bold"] }
      key       = { fg = "bright-cyan", attributes = ["bold"] }
      frame     = { fg = "bright-black" }
      """#
    ),
    (
      "light",
      #"""
      # For light grounds: dark colours only, and pictures with dark ink.
      name = "light"
      background = "light"

      [roles]
      text      = {}
      dim       = { fg = 242, attributes = [] }
      title     = { attributes = ["bold", "reverse"] }
      heading   = { attributes = ["bold"] }
      cursor    = { attributes = ["reverse"] }
      winner    = { fg = 22, attributes = ["bold"] }
      candidate = { fg = 28 }
      keep      = { fg = 22, attributes = ["bold"] }
      reject    = { fg = 124 }
      tag       = { fg = 130 }
      note      = { fg = 24 }
      message   = { fg = 24 }
      saved     = { fg = 22 }
      warning   = { fg = 130, attributes = ["bold"] }
      error     = { fg = 124, attributes = ["bold"] }
      key       = { fg = 24, attributes = ["bold"] }
      frame     = { fg = 245 }
      """#
    ),
    (
      "monochrome",
      #"""
      # No colour at all: what colours say elsewhere, attributes and signs say here.
      name = "monochrome"
      background = "dark"

      [roles]
      text      = {}
      dim       = { attributes = ["dim"] }
      title     = { attributes = ["bold", "reverse"] }
      heading   = { attributes = ["bold"] }
      cursor    = { attributes = ["reverse"] }
      winner    = { attributes = ["bold"] }
      candidate = { attributes = ["underline"] }
      keep      = { attributes = ["bold"] }
      reject    = {}
      tag       = { attributes = ["bold"] }
      note      = {}
      message   = {}
      saved     = {}
      warning   = { attributes = ["bold"] }
      error     = { attributes = ["bold", "reverse"] }
      key       = { attributes = ["bold"] }
      frame     = { attributes = ["dim"] }
      """#
    ),
  ]
}
