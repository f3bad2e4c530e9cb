import DebugInfo

/// Of Rust's enums: which variant holds, and what it has.
extension Value {
  /// A variant by its name, with its fields as an aggregate.
  package struct Variant {
    package let name: String?
    package let content: Value
  }

  /// nil where the discriminant selects none, or the type has no variants.
  package func activeVariant() throws(Unavailability) -> Variant? {
    guard let part = type.stripped.variantPart else { return nil }
    var selector: Int64 = 0
    if let discriminant = part.discriminant, let value = self.part(discriminant) {
      selector = Int64(truncatingIfNeeded: try value.integer().signed)
    }
    guard let member = part.variant(selectedBy: selector)?.members.first, let content = self.part(member) else {
      return nil
    }
    return Variant(name: member.name, content: content)
  }

  /// The only field of the variant that holds: of `Some(x)`. nil for `None`.
  func payload() throws(Unavailability) -> Value? {
    guard let content = try activeVariant()?.content else { return nil }
    return content.member(named: "__0")
  }
}
