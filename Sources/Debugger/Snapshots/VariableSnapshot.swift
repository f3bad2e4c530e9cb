package import MachineModel

/// Names a value of one stop, so that its children can be asked for. Dies with the stop.
package struct ValueID: Hashable, Sendable {
  package let generation: Int
  package let number: Int
  package init(generation: Int, number: Int) {
    self.generation = generation
    self.number = number
  }
}

/// A variable, member, element or expression's value at a stop, as text.
package struct VariableSnapshot: Sendable, Encodable, Equatable {
  package let name: String
  /// As declared (`struct point [4]`, `const std::string &`).
  package let type: String
  /// As `print` shows it; `<optimized out>`, `<error: Cannot access memory at address 0x…>`.
  package let value: String
  package let address: VirtualAddress?
  /// `rax`, `xmm0`, where it lives in one.
  package let register: String?
  package let optimizedOut: Bool
  /// How many children opening it shows; 0 for a scalar.
  package let children: Int
  /// For `DebugSession.children(of:)` and what else is asked of a row; nil for what is no value of a stop.
  package let id: ValueID?
  /// What an argument was when its function was entered, where that is known and tells something: it is still the same,
  /// or its present value is lost. Not part of JSON.
  package var entryValue: String?
  /// Of a variable: 0 in its function's own block, more in the blocks inside it. Not part of JSON.
  package var blockDepth = 0
  /// Of a variable: the line that declares it, where it is known. Not part of JSON.
  package var declarationLine: Int?
  /// A C++ reference's own value, `@0x…`, where `value` goes on with what is there.
  package let reference: String?
  /// Of a pointer or reference: the class (`zoo::Dog`) that the object there has, where it is another one than `type`
  /// says. The children are that one's. Not part of JSON.
  package let dynamicType: String?
  /// What trees show instead of `value`, where that is but the members of a type that has a meaning: `1500ms`. Not part
  /// of JSON.
  package let summary: String?
  /// Of a value that a formatter knows: what a frame's arguments say of it, `std::vector of length 3, capacity 4 =
  /// {...}`. Not part of JSON.
  package let brief: String?

  package init(
    name: String, type: String, value: String, reference: String? = nil, address: VirtualAddress? = nil,
    register: String? = nil,
    optimizedOut: Bool = false, children: Int = 0, id: ValueID? = nil, dynamicType: String? = nil,
    summary: String? = nil, brief: String? = nil
  ) {
    self.name = name
    self.type = type
    self.value = value
    self.address = address
    self.register = register
    self.optimizedOut = optimizedOut
    self.children = children
    self.id = id
    self.reference = reference
    self.dynamicType = dynamicType
    self.summary = summary
    self.brief = brief
  }

  private enum CodingKeys: String, CodingKey { case name, type, value, address, register, optimizedOut, children }

  /// A reference's value is where it leads; its children are what is there.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(name, forKey: .name)
    try container.encode(type, forKey: .type)
    try container.encode(reference ?? value, forKey: .value)
    try container.encodeIfPresent(address, forKey: .address)
    try container.encodeIfPresent(register, forKey: .register)
    try container.encode(optimizedOut, forKey: .optimizedOut)
    try container.encode(children, forKey: .children)
  }
}

/// What `print` answers: the value, and its number in the value history (`$1`).
package struct EvaluatedValue: Sendable, Equatable {
  package let variable: VariableSnapshot
  /// nil for a void expression, or where it was not recorded.
  package let history: Int?
  package init(variable: VariableSnapshot, history: Int?) {
    self.variable = variable
    self.history = history
  }
}
