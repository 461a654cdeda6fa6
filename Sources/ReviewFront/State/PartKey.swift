/// A part of what is reviewed that is judged by itself: one run under one sampling setting, by places.
struct PartKey: Hashable {
  let member: Int?
  let setting: Int?
}
