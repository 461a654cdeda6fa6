extension [Setting] {
  private static let epochNames: Set = [
    "num_epochs", "n_epochs", "epochs", "max_epochs", "num_train_epochs", "nb_epochs", "nepochs",
    "total_epochs", "epoch_count",
  ]

  /// How many epochs a run was to train; nil where no setting says it, or two differ.
  package var epochCount: Double? {
    let counts = compactMap { setting -> Double? in
      guard Self.epochNames.contains(setting.key.lowercased().replacing("-", with: "_")),
        case .number(let count) = setting.value, count >= 1
      else { return nil }
      return count
    }
    guard let first = counts.first, counts.allSatisfy({ $0 == first }) else { return nil }
    return first
  }
}
