import DebugInfo

/// How a type's values are text: what C's `char`, `wchar_t` and so on have in common.
struct CharacterType {
  /// Bytes of a code unit: 1, 2 or 4.
  let width: Int
  /// What stands before the quote: nothing, `L`, `u`, `U`.
  let prefix: String
  let isSigned: Bool

  init(width: Int, prefix: String = "", isSigned: Bool = false) {
    self.width = width
    self.prefix = prefix
    self.isSigned = isSigned
  }

  /// nil where values of the type are mere numbers. The wide ones go by their name, which in C is a typedef's.
  init?(_ type: DataType) {
    var type = type
    for _ in 0..<64 {
      let size = type.size.map(Int.init(truncatingIfNeeded:)) ?? 0
      switch type.name {
      case "wchar_t" where size == 4 || size == 2:
        self.init(width: size, prefix: "L", isSigned: type.stripped.isSigned)
        return
      case "char16_t" where size == 2:
        self.init(width: 2, prefix: "u")
        return
      case "char32_t" where size == 4:
        self.init(width: 4, prefix: "U")
        return
      case "char8_t" where size == 1:
        self.init(width: 1)
        return
      default: break
      }
      switch type.kind {
      case .typedef, .const, .volatile, .restrict, .atomic:
        guard let target = type.target else { return nil }
        type = target
      case .base(.signedCharacter) where size == 1:
        self.init(width: 1, isSigned: true)
        return
      case .base(.unsignedCharacter) where size == 1:
        self.init(width: 1)
        return
      case .base(.utf) where size == 1 || size == 2 || size == 4:
        self.init(width: size, prefix: size == 4 ? "U" : size == 2 ? "u" : "")
        return
      default: return nil
      }
    }
    return nil
  }

  /// The units of an address's text by their size alone, as `x/hs` and `x/ws` take them.
  static func units(ofSize size: Int) -> CharacterType {
    CharacterType(width: size, prefix: size == 4 ? "U" : size == 2 ? "u" : "")
  }
}
