import DebugInfo

/// Types as Swift declares them.
extension TypePrinter {
  /// What `ptype` spells out: stored properties, cases.
  func swiftBody(_ type: DataType) -> String {
    let object = type.kind == .pointer ? type.target.map(\.stripped) : nil
    let body = object?.kind == .aggregate(.class) ? object ?? type : type
    guard let name = body.name, case .aggregate(let kind) = body.kind, !name.hasPrefix("("), !name.hasPrefix("[") else {
      return self.name(type)
    }
    if let part = body.variantPart { return "enum \(name) {\n" + swiftCases(part, of: body) + "}" }
    let lines = body.members.prefix(Self.memberLimit).map { "  var \($0.name ?? "_"): \(self.name($0.type))\n" }
    if lines.isEmpty { return name }
    return (kind == .class ? "class " : "struct ") + name + " {\n" + lines.joined() + "}"
  }

  private func swiftCases(_ part: DataType.VariantPart, of type: DataType) -> String {
    part.variants.prefix(Self.memberLimit).flatMap(\.members).map { member in
      let payload = member.type.stripped
      // Cases without values that share a tag.
      if let inner = payload.variantPart, payload.name == type.name { return swiftCases(inner, of: type) }
      guard let name = payload.name else { return "  case \(member.name ?? "_")\n" }
      return "  case \(member.name ?? "_")" + (name.hasPrefix("(") ? name : "(\(name))") + "\n"
    }.joined()
  }
}
