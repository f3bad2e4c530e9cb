/// Writes `Encodable` values as one line of JSON.
///
/// Not `JSONEncoder`: that one needs Foundation on the way to the first prompt, and either sorts keys by name or
/// writes them in an order that changes from run to run.
package enum JSONText {
  /// `value` as one line. Linear in its size. A number that JSON cannot write (infinite, NaN) becomes `null`.
  package static func encode(_ value: some Encodable) throws -> String {
    let node = JSONNode()
    try Encoding(node: node, codingPath: []).encodeAny(value)
    var text = ""
    node.write(to: &text)
    return text
  }

  fileprivate struct Encoding: Encoder {
    let node: JSONNode
    let codingPath: [any CodingKey]
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
      if case .object = node.content {} else { node.content = .object([]) }
      return KeyedEncodingContainer(Members(node: node, codingPath: codingPath))
    }
    func unkeyedContainer() -> any UnkeyedEncodingContainer {
      if case .array = node.content {} else { node.content = .array([]) }
      return Elements(node: node, codingPath: codingPath)
    }
    func singleValueContainer() -> any SingleValueEncodingContainer { self }

    func encodeAny(_ value: some Encodable) throws { try value.encode(to: self) }
  }
}

extension JSONText.Encoding: SingleValueEncodingContainer {
  func encodeNil() { node.content = .null }
  func encode(_ value: Bool) { node.content = .literal(value ? "true" : "false") }
  func encode(_ value: String) { node.content = .string(value) }
  func encode(_ value: Double) { node.content = value.isFinite ? .literal("\(value)") : .null }
  func encode(_ value: Float) { node.content = value.isFinite ? .literal("\(value)") : .null }
  func encode(_ value: Int) { node.content = .literal(String(value)) }
  func encode(_ value: Int8) { node.content = .literal(String(value)) }
  func encode(_ value: Int16) { node.content = .literal(String(value)) }
  func encode(_ value: Int32) { node.content = .literal(String(value)) }
  func encode(_ value: Int64) { node.content = .literal(String(value)) }
  func encode(_ value: UInt) { node.content = .literal(String(value)) }
  func encode(_ value: UInt8) { node.content = .literal(String(value)) }
  func encode(_ value: UInt16) { node.content = .literal(String(value)) }
  func encode(_ value: UInt32) { node.content = .literal(String(value)) }
  func encode(_ value: UInt64) { node.content = .literal(String(value)) }
  func encode<Value: Encodable>(_ value: Value) throws { try encodeAny(value) }
}

private struct Members<Key: CodingKey>: KeyedEncodingContainerProtocol {
  let node: JSONNode
  let codingPath: [any CodingKey]

  private func add(_ key: any CodingKey) -> JSONText.Encoding {
    let child = JSONNode()
    if case .object(var members) = node.content {
      node.content = .null  // Else the append would copy.
      members.append((key.stringValue, child))
      node.content = .object(members)
    }
    return JSONText.Encoding(node: child, codingPath: codingPath + [key])
  }
  func encodeNil(forKey key: Key) { add(key).encodeNil() }
  func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws { try add(key).encodeAny(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type, forKey key: Key)
    -> KeyedEncodingContainer<Nested>
  { add(key).container(keyedBy: type) }
  func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { add(key).unkeyedContainer() }
  func superEncoder() -> any Encoder { JSONText.Encoding(node: node, codingPath: codingPath) }
  func superEncoder(forKey key: Key) -> any Encoder { add(key) }
}

private struct Elements: UnkeyedEncodingContainer {
  let node: JSONNode
  let codingPath: [any CodingKey]
  var count: Int {
    if case .array(let elements) = node.content { elements.count } else { 0 }
  }

  private func add() -> JSONText.Encoding {
    let child = JSONNode()
    if case .array(var elements) = node.content {
      node.content = .null  // Else the append would copy.
      elements.append(child)
      node.content = .array(elements)
    }
    return JSONText.Encoding(node: child, codingPath: codingPath)
  }
  func encodeNil() { add().encodeNil() }
  func encode<Value: Encodable>(_ value: Value) throws { try add().encodeAny(value) }
  func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
    add().container(keyedBy: type)
  }
  func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { add().unkeyedContainer() }
  func superEncoder() -> any Encoder { JSONText.Encoding(node: node, codingPath: codingPath) }
}
