import DebugInfo
import MachineModel

/// Types of Swift: optionals, enumerations, tuples, and those of the standard library whose layout is part of its
/// stable ABI.
enum SwiftFormatters {
  private static let table: [String: Formatter] = [
    "String": { subject throws(Unavailability) in try string(subject) },
    "Character": { subject throws(Unavailability) in try string(subject) },
    "Substring": { subject throws(Unavailability) in try substring(subject) },
    "ContiguousArray": { subject throws(Unavailability) in try array(subject, "ContiguousArray") },
    "ArraySlice": { subject throws(Unavailability) in try slice(subject) },
    "Set": { subject throws(Unavailability) in try hashTable(subject, "Set") },
  ]

  static func formatter(for type: DataType) -> Formatter? {
    guard let name = type.name, type.kind == .aggregate(.structure) else { return nil }
    if type.variantPart != nil {
      return name.hasSuffix("?")
        ? { @Sendable subject throws(Unavailability) -> SyntheticView? in try optional(subject) }
        : { @Sendable subject throws(Unavailability) -> SyntheticView? in try enumeration(subject) }
    }
    if name.hasPrefix("(") { return { subject throws(Unavailability) in SyntheticView(summary: tuple(subject.value)) } }
    if name.hasPrefix("[") {
      // `[K : V]` has two arguments.
      return type.templateArguments.count == 2
        ? { @Sendable subject throws(Unavailability) -> SyntheticView? in try hashTable(subject, "Dictionary") }
        : { @Sendable subject throws(Unavailability) -> SyntheticView? in try array(subject, "Array") }
    }
    if isOpaque(type) {
      return { subject throws(Unavailability) in
        SyntheticView("<a \(subject.type.name ?? "value"), whose layout is not known>")
      }
    }
    return table[String(name.prefix { $0 != "<" })]
  }

  /// True for a structure whose fields the debug information does not tell.
  static func isOpaque(_ type: DataType) -> Bool {
    type.kind == .aggregate(.structure) && type.variantPart == nil && type.members.isEmpty && type.size ?? 0 > 0
      && !(type.name ?? "").hasPrefix("[") && !(type.name ?? "").hasPrefix("(")
  }

  private static func optional(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let variant = try subject.value.activeVariant() else { return nil }
    return variant.name == "none" ? SyntheticView("nil") : SyntheticView(summary: [.value(variant.content)])
  }

  /// `.empty`, `.circle(1.5)`, `.rect(3, 4)`.
  private static func enumeration(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let variant = try subject.value.activeVariant(), let name = variant.name else {
      return .damaged(subject.type.name ?? "enum", "no case has this tag")
    }
    let content = variant.content
    let type = content.type.stripped
    // Several cases without values share a tag, and have numbers of their own.
    if type.variantPart != nil, type.name == subject.type.name { return SyntheticView(summary: [.value(content)]) }
    if type.name == nil { return SyntheticView("." + name) }
    if type.name?.hasPrefix("(") ?? false { return SyntheticView(summary: [.text("." + name)] + tuple(content)) }
    return SyntheticView(summary: [.text("." + name + "("), .value(content), .text(")")])
  }

  /// `(1, label: "two")`.
  private static func tuple(_ value: Value) -> [SyntheticView.Part] {
    var parts: [SyntheticView.Part] = [.text("(")]
    for (index, member) in value.type.stripped.members.enumerated() {
      let name = member.name ?? ""
      let label = name == String(index) ? "" : name + ": "
      parts.append(.text((index > 0 ? ", " : "") + label))
      if let part = value.part(member) { parts.append(.value(part)) }
    }
    return parts + [.text(")")]
  }
}
