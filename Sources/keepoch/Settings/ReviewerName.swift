/// Whose journal is written: the option, the configuration, git's user, the system's user.
struct ReviewerName {
  private let option: String?
  private let configured: String?
  private let git: GitUser?

  /// Begins to ask git, where nothing before it says a name.
  init(option: String?, configuration: Configuration, folder: String) {
    self.option = option?.trimmedLine
    configured = configuration.reviewer?.trimmedLine
    let isSaid = [self.option, configured].contains { $0?.isEmpty == false }
    git = isSaid ? nil : GitUser(folder)
  }

  func resolve() -> String {
    let choices: [() -> String?] = [
      { option }, { configured }, { git?.name()?.trimmedLine },
      { Outside.variable("USER")?.trimmedLine },
    ]
    for choice in choices {
      if let name = choice(), !name.isEmpty { return name }
    }
    return "reviewer"
  }
}

extension String {
  /// The first line without blanks at its ends.
  fileprivate var trimmedLine: String {
    var view = prefix { !$0.isNewline }
    while view.first?.isWhitespace == true { view.removeFirst() }
    while view.last?.isWhitespace == true { view.removeLast() }
    return String(view)
  }
}
