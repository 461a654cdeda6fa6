package import ReviewCore

/// What several reviewers agree on, while it is on the screen.
package struct AgreementView: Equatable, Sendable {
  package internal(set) var agreement: ReviewerAgreement
  /// Whether its intervals are being worked out, or are there.
  var isAsked = false
  /// What counts of what was ruled.
  package let rulings: [DisputedPoint: Ruling]
  /// What it was worked out of, as far as that changes here.
  let marks: [Target: ReviewMark]
}
