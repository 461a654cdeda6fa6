import ReviewCore

extension FrontState {
  /// Whether samples were drawn under several settings.
  var hasSettings: Bool { run.samplingSettings.count > 1 }

  /// The setting that the table shows: that of the checkpoint under the cursor.
  var heldSetting: Int? {
    run.checkpoints.isEmpty ? nil : run.checkpoints[place.checkpoint].setting
  }

  /// The run and the setting under the cursor.
  var part: PartKey {
    PartKey(
      member: run.checkpoints.isEmpty ? nil : run.checkpoints[place.checkpoint].member,
      setting: heldSetting)
  }

  /// The checkpoints of that part, ascending; nil where it is the whole run.
  var rowsOfPart: [Int]? {
    guard !run.members.isEmpty || hasSettings else { return nil }
    let part = self.part
    return run.checkpoints.indices.filter {
      run.checkpoints[$0].member == part.member && run.checkpoints[$0].setting == part.setting
    }
  }

  /// Whether the table shows a checkpoint's samples of its setting: those of the one that is held, and of
  /// a run that lacks it, those of its usual one.
  func showsSetting(of checkpoint: Int, held: Int?) -> Bool {
    guard !showsAllSettings else { return true }
    let one = run.checkpoints[checkpoint]
    guard let own = one.setting, own != held else { return true }
    guard let member = one.member, member != run.checkpoints[place.checkpoint].member else {
      return false
    }
    guard one.isOfUsualSetting, let held else { return one.isOfUsualSetting }
    return !run.members[member].run.samplingSettings.contains(run.samplingSettings[held])
  }

  /// The same checkpoint and seed under the next setting.
  mutating func stepSetting(by count: Int) -> [Effect] {
    let rows = run.settingsRows(of: place.checkpoint)
    let target = place.checkpoint + count
    guard rows.contains(target) else {
      message = Message(
        .info, count > 0 ? "this is the last setting" : "this is the first setting")
      return []
    }
    let isAligned = comparison?.isByTimeline == true
    if isAligned { align(to: target) } else { _ = go(to: target) }
    reorder()
    message = Message(.info, settingWords)
    return []
  }

  /// `temperature 0.8, 3 of 5`.
  var settingWords: String {
    guard let setting = run.setting(of: place.checkpoint) else { return "" }
    let rows = run.settingsRows(of: place.checkpoint)
    return "\(setting.words), \(place.checkpoint - rows.lowerBound + 1) of \(rows.count)"
  }

  mutating func toggleSettings() {
    showsAllSettings.toggle()
    reorder()
    message = Message(
      .info,
      showsAllSettings
        ? "every checkpoint under each of its settings"
        : "the setting under the cursor alone; \(keyMap.name(of: .previousSetting)) and "
          + "\(keyMap.name(of: .nextSetting)) step through them")
  }
}
