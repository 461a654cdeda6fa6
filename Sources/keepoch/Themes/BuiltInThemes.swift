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
      "dusk",
      #"""
      # For dark grounds: quiet colours that eyes which confuse red and green can tell apart.
      name = "dusk"
      background = "dark"

      [roles]
      text      = {}
      dim       = { fg = 245 }
      title     = { fg = 234, bg = 110 }
      heading   = { fg = 153, attributes = ["bold"] }
      cursor    = { fg = 234, bg = 180 }
      winner    = { fg = 117, attributes = ["bold"] }
      candidate = { fg = 74 }
      keep      = { fg = 117, attributes = ["bold"] }
      reject    = { fg = 173 }
      tag       = { fg = 222 }
      note      = { fg = 182 }
      message   = { fg = 153 }
      saved     = { fg = 117 }
      warning   = { fg = 222, attributes = ["bold"] }
      error     = { fg = 209, attributes = ["bold"] }
      key       = { fg = 180, attributes = ["bold"] }
      frame     = { fg = 240 }
      """#
    ),
    (
      "high-contrast",
      #"""
      # For dark grounds and tired eyes: nothing is dimmed, and no two roles differ by colour alone.
      name = "high-contrast"
      background = "dark"

      [roles]
      text      = { fg = "bright-white" }
      dim       = { fg = "white" }
      title     = { fg = "black", bg = "bright-white", attributes = ["bold"] }
      heading   = { fg = "bright-white", attributes = ["bold", "underline"] }
      cursor    = { fg = "black", bg = "bright-yellow", attributes = ["bold"] }
      winner    = { fg = "bright-green", attributes = ["bold", "underline"] }
      candidate = { fg = "bright-green" }
      keep      = { fg = "bright-green", attributes = ["bold"] }
      reject    = { fg = 210, attributes = ["bold", "underline"] }
      tag       = { fg = "bright-yellow", attributes = ["bold"] }
      note      = { fg = "bright-cyan" }
      message   = { fg = "bright-white", attributes = ["bold"] }
      saved     = { fg = "bright-green", attributes = ["bold"] }
      warning   = { fg = "black", bg = "bright-yellow" }
      error     = { fg = "bright-white", bg = 52, attributes = ["bold"] }
      key       = { fg = "bright-yellow", attributes = ["bold"] }
      frame     = { fg = "bright-white" }
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
    (
      "paper",
      #"""
      # For light grounds: ink of three colours, as in a printed note.
      name = "paper"
      background = "light"

      [roles]
      text      = {}
      dim       = { fg = 241 }
      title     = { fg = 230, bg = 52 }
      heading   = { fg = 52, attributes = ["bold"] }
      cursor    = { fg = 16, bg = 223, attributes = ["bold"] }
      winner    = { fg = 23, attributes = ["bold"] }
      candidate = { fg = 23 }
      keep      = { fg = 23, attributes = ["bold"] }
      reject    = { fg = 88 }
      tag       = { fg = 94, attributes = ["bold"] }
      note      = { fg = 54 }
      message   = { fg = 54 }
      saved     = { fg = 23 }
      warning   = { fg = 94, attributes = ["bold"] }
      error     = { fg = 88, attributes = ["bold", "reverse"] }
      key       = { fg = 52, attributes = ["bold"] }
      frame     = { fg = 137 }
      """#
    ),
  ]
}
