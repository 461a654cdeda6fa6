/// A packed array that was unpacked as a whole, for who reads its checkpoints one after the other.
package struct UnpackedArray {
  let path: String
  let member: String?
  let array: StoredArray
}
