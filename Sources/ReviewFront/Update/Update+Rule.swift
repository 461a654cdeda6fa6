import ReviewCore
import TerminalSurface

extension FrontState {
  mutating func startRule() {
    var edit = RuleEdit(rule.rule)
    edit.preview = preview(edit)
    mode = .rule(edit)
  }

  /// A key in the rule editor.
  mutating func type(_ key: Key, _ edit: RuleEdit) -> [Effect] {
    var edit = edit
    if key != .tab { edit.offered = nil }
    let parts = RuleEdit.Part.allCases
    func moved(_ by: Int) -> RuleEdit.Part {
      parts[(edit.focus.rawValue + by + parts.count) % parts.count]
    }
    switch key {
    case .escape, .control("c"):
      mode = .browse
      message = Message(.info, "the rule stays as it was")
      return []
    case .enter: return finish(edit)
    case .tab:
      let found = completion(edit)
      if let offered = edit.offered {
        edit.writeNext(offered)
      } else if let common = found.common, !found.typed.isEmpty || found.choices.count == 1 {
        edit[edit.focus].insert(String(common.dropFirst(found.typed.count)))
        edit.isStale = true
      } else if !found.choices.isEmpty, !found.typed.isEmpty || found.isInParentheses {
        edit.writeNext(
          RuleEdit.Offered(choices: found.choices, place: -1, written: found.typed.count))
      } else {
        edit.focus = moved(1)
      }
    case .control("p"): writePreset(&edit)
    case .down: edit.focus = moved(1)
    case .backTab, .up: edit.focus = moved(-1)
    case _ where edit[edit.focus].isTooLong(with: key): message = tooLong
    default:
      message = nil
      let before = edit[edit.focus]
      _ = edit[edit.focus].take(key)
      if edit[edit.focus].characters != before.characters { edit.isStale = true }
    }
    mode = .rule(edit)
    return []
  }

  /// The next preset that fits this run, in place of what is written.
  private mutating func writePreset(_ edit: inout RuleEdit) {
    let all = RulePreset.allCases
    let start = edit.preset.flatMap(all.firstIndex).map { $0 + 1 } ?? 0
    var unfit: [String] = []
    for step in all.indices {
      let preset = all[(start + step) % all.count]
      do throws(RulePreset.Unfit) {
        let text = try preset.text(for: run)
        guard let rule = try? RuleParser.rule(text) else { continue }
        let focus = edit.focus
        edit = RuleEdit(rule)
        (edit.focus, edit.preset, edit.isStale) = (focus, preset, true)
        message = nil
        return
      } catch {
        unfit.append("\(preset.rawValue): \(error.reason)")
      }
    }
    message = Message(.info, unfit.joined(separator: "; "))
  }

  /// Judges what is written anew, once for all keys that came at a time.
  mutating func previewRule() {
    guard case .rule(var edit) = mode, edit.isStale else { return }
    edit.preview = preview(edit)
    edit.isStale = false
    mode = .rule(edit)
  }

  private mutating func finish(_ edit: RuleEdit) -> [Effect] {
    var edit = edit
    edit.preview = preview(edit)
    edit.isStale = false
    if let readOnly {
      message = Message(.warning, readOnly)
      mode = .rule(edit)
      return []
    }
    switch edit.preview {
    case .error(_, _, let message):
      // Nothing of what was typed is lost: the editor stays.
      self.message = Message(.error, message)
      mode = .rule(edit)
      return []
    case .ownRule:
      mode = .browse
      return record(.rule(""))
    case .judged:
      mode = .browse
      let text = edit.text
      // A default rule that somebody takes is theirs from then on.
      guard (try? RuleParser.rule(text)) != rule.rule || rule.origin == .builtIn else {
        message = Message(.info, "the rule is as it was")
        return []
      }
      unsavedRule = edit
      return record(.rule(text.text))
    }
  }

  /// A rule from the `:` line, whole, its parts separated by semicolons.
  mutating func setRule(_ text: String) -> [Effect] {
    if let readOnly {
      message = Message(.warning, readOnly)
      return []
    }
    do throws(RuleError) {
      let rule = try RuleParser.rule(RuleText(text))
      _ = try RuleEvaluator(rule, text: RuleText(text), facts: evaluator.facts)
    } catch {
      message = Message(.error, error.description)
      return []
    }
    unsavedWords = (LineEdit("\(Command.editRule.rawValue) \(text)"), .command)
    return record(.rule(text))
  }
}
