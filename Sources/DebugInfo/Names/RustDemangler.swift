/// Rust's own mangling (RFC 2603, "v0"): `_RNvCs1234_7mycrate3foo` is `mycrate::foo`. Hashes of crates are left out.
///
/// Its back-references let a short name stand for an endless one: depth, steps and length are bounded.
struct RustDemangler {
  private struct Failure: Error {}
  private static let deepest = 128
  private static let longest = 1 << 14
  private static let mostSteps = 1 << 16

  private let name: [UInt8]
  private var at = 0
  private var depth = 0
  private var steps = 0
  /// Lifetimes that binders around have named.
  private var boundLifetimes = 0
  private var result = ""

  /// nil where `symbol` is no such name.
  static func demangle(_ symbol: String) -> String? {
    guard symbol.hasPrefix("_R") else { return nil }
    // What a vendor appends (`.llvm.123`) is no part of the name.
    let name = symbol.utf8.dropFirst(2).prefix { $0 != UInt8(ascii: ".") && $0 != UInt8(ascii: "$") }
    guard let first = name.first, (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(first) else { return nil }
    var demangler = RustDemangler(name: Array(name))
    do throws(Failure) {
      try demangler.path(isValue: true)
      // The crate that instantiated it is of no interest, but must be one.
      if demangler.at < demangler.name.count {
        let shown = demangler.result
        try demangler.path(isValue: false)
        demangler.result = shown
      }
    } catch {
      return nil
    }
    return demangler.at == demangler.name.count ? demangler.result : nil
  }

  private init(name: [UInt8]) { self.name = name }

  // MARK: Reading

  private mutating func next() throws(Failure) -> UInt8 {
    guard at < name.count else { throw Failure() }
    defer { at += 1 }
    return name[at]
  }

  private mutating func accept(_ character: Unicode.Scalar) -> Bool {
    guard at < name.count, name[at] == UInt8(ascii: character) else { return false }
    at += 1
    return true
  }

  /// `_` is 0; digits and letters before it make one more than their value. Crates' hashes, which are not shown, take all
  /// 64 bits.
  private mutating func base62() throws(Failure) -> Int {
    if accept("_") { return 0 }
    var value: UInt64 = 0
    while true {
      let byte = try next()
      let digit: UInt64
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = UInt64(byte - UInt8(ascii: "0"))
      case UInt8(ascii: "a")...UInt8(ascii: "z"): digit = UInt64(byte - UInt8(ascii: "a")) + 10
      case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt64(byte - UInt8(ascii: "A")) + 36
      case UInt8(ascii: "_"): return Int(clamping: value &+ 1)
      default: throw Failure()
      }
      value = value &* 62 &+ digit
    }
  }

  private mutating func optional(_ tag: Unicode.Scalar) throws(Failure) -> Int {
    guard accept(tag) else { return 0 }
    // A crate's hash fills all 64 bits.
    let number = try base62()
    return number < .max ? number + 1 : number
  }

  private mutating func identifier() throws(Failure) -> String {
    let isPunycode = accept("u")
    var count = 0
    var digits = 0
    // A number does not begin with 0, unless that is all of it.
    while at < name.count, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(name[at]), count < name.count,
      digits == 0 || count > 0
    {
      count = count * 10 + Int(name[at] - UInt8(ascii: "0"))
      at += 1
      digits += 1
    }
    _ = accept("_")
    guard digits > 0, count <= name.count - at else { throw Failure() }
    let bytes = name[at..<at + count]
    at += count
    let text = String(decoding: bytes, as: UTF8.self)
    return isPunycode ? Punycode.decode(text, delimiter: "_") ?? text : text
  }

  private mutating func write(_ text: String) throws(Failure) {
    result += text
    guard result.utf8.count <= Self.longest else { throw Failure() }
  }

  /// Goes on at an earlier place, and comes back.
  private mutating func backReference(_ body: (inout RustDemangler) throws(Failure) -> Void) throws(Failure) {
    let start = at - 1
    let target = try base62()
    guard target < start else { throw Failure() }
    let back = at
    at = target
    try deeper(body)
    at = back
  }

  private mutating func deeper(_ body: (inout RustDemangler) throws(Failure) -> Void) throws(Failure) {
    depth += 1
    steps += 1
    guard depth < Self.deepest, steps < Self.mostSteps else { throw Failure() }
    try body(&self)
    depth -= 1
  }

  // MARK: Paths

  private mutating func path(isValue: Bool) throws(Failure) {
    try deeper { (self) throws(Failure) in try self.pathBody(isValue: isValue) }
  }

  private mutating func pathBody(isValue: Bool) throws(Failure) {
    switch try next() {
    case UInt8(ascii: "C"):
      _ = try optional("s")
      try write(identifier())
    case UInt8(ascii: "M"):
      try skipImplementation()
      try write("<")
      try type()
      try write(">")
    case UInt8(ascii: "X"):
      try skipImplementation()
      try traitPath()
    case UInt8(ascii: "Y"): try traitPath()
    case UInt8(ascii: "N"): try nested(isValue: isValue)
    case UInt8(ascii: "I"):
      try path(isValue: isValue)
      try write(isValue ? "::<" : "<")
      try list { (self) throws(Failure) in try self.genericArgument() }
      try write(">")
    case UInt8(ascii: "B"): try backReference { (self) throws(Failure) in try self.path(isValue: isValue) }
    default: throw Failure()
    }
  }

  /// Where an `impl` stands is not shown.
  private mutating func skipImplementation() throws(Failure) {
    _ = try optional("s")
    let shown = result
    try path(isValue: false)
    result = shown
  }

  private mutating func traitPath() throws(Failure) {
    try write("<")
    try type()
    try write(" as ")
    try path(isValue: false)
    try write(">")
  }

  private mutating func nested(isValue: Bool) throws(Failure) {
    let namespace = try next()
    try path(isValue: isValue)
    let number = try optional("s")
    let text = try identifier()
    switch namespace {
    case UInt8(ascii: "C"): try write("::{closure" + (text.isEmpty ? "" : ":" + text) + "#\(number)}")
    case UInt8(ascii: "S"): try write("::{shim" + (text.isEmpty ? "" : ":" + text) + "#\(number)}")
    case UInt8(ascii: "A")...UInt8(ascii: "Z"):
      let letter = String(decoding: [namespace], as: UTF8.self)
      try write("::{\(letter)" + (text.isEmpty ? "" : ":" + text) + "#\(number)}")
    default: if !text.isEmpty { try write("::" + text) }
    }
  }

  /// Until `E`, with commas.
  private mutating func list(_ element: (inout RustDemangler) throws(Failure) -> Void) throws(Failure) {
    var isFirst = true
    while !accept("E") {
      if !isFirst { try write(", ") }
      isFirst = false
      try element(&self)
    }
  }

  private mutating func genericArgument() throws(Failure) {
    if accept("L") { return try lifetime(base62()) }
    if accept("K") { return try constant() }
    try type()
  }

  private mutating func lifetime(_ index: Int) throws(Failure) {
    guard index > 0 else { return try write("'_") }
    guard index <= boundLifetimes else { throw Failure() }
    let number = boundLifetimes - index
    try write(number < 26 ? "'" + String(decoding: [UInt8(ascii: "a") + UInt8(number)], as: UTF8.self) : "'_\(number)")
  }

  /// `for<'a, 'b> `, whose lifetimes hold in `body`.
  private mutating func binder(_ body: (inout RustDemangler) throws(Failure) -> Void) throws(Failure) {
    let count = try optional("G")
    guard count <= 64 else { throw Failure() }
    if count > 0 {
      try write("for<")
      for index in 0..<count {
        if index > 0 { try write(", ") }
        boundLifetimes += 1
        try lifetime(1)
      }
      try write("> ")
    }
    try body(&self)
    boundLifetimes -= count
  }

  // MARK: Types

  private static let basicTypes: [UInt8: String] = [
    UInt8(ascii: "a"): "i8", UInt8(ascii: "b"): "bool", UInt8(ascii: "c"): "char", UInt8(ascii: "d"): "f64",
    UInt8(ascii: "e"): "str", UInt8(ascii: "f"): "f32", UInt8(ascii: "h"): "u8", UInt8(ascii: "i"): "isize",
    UInt8(ascii: "j"): "usize", UInt8(ascii: "l"): "i32", UInt8(ascii: "m"): "u32", UInt8(ascii: "n"): "i128",
    UInt8(ascii: "o"): "u128", UInt8(ascii: "s"): "i16", UInt8(ascii: "t"): "u16", UInt8(ascii: "u"): "()",
    UInt8(ascii: "v"): "...", UInt8(ascii: "x"): "i64", UInt8(ascii: "y"): "u64", UInt8(ascii: "z"): "!",
    UInt8(ascii: "p"): "_",
  ]

  private mutating func type() throws(Failure) {
    try deeper { (self) throws(Failure) in try self.typeBody() }
  }

  private mutating func typeBody() throws(Failure) {
    let tag = try next()
    if let basic = Self.basicTypes[tag] { return try write(basic) }
    switch tag {
    case UInt8(ascii: "A"):
      try write("[")
      try type()
      try write("; ")
      try constant()
      try write("]")
    case UInt8(ascii: "S"):
      try write("[")
      try type()
      try write("]")
    case UInt8(ascii: "T"):
      try write("(")
      var count = 0
      try list { (self) throws(Failure) in
        count += 1
        try self.type()
      }
      try write(count == 1 ? ",)" : ")")
    case UInt8(ascii: "R"), UInt8(ascii: "Q"):
      try write("&")
      if accept("L") {
        let index = try base62()
        if index > 0 {
          try lifetime(index)
          try write(" ")
        }
      }
      if tag == UInt8(ascii: "Q") { try write("mut ") }
      try type()
    case UInt8(ascii: "P"), UInt8(ascii: "O"):
      try write(tag == UInt8(ascii: "P") ? "*const " : "*mut ")
      try type()
    case UInt8(ascii: "F"): try binder { (self) throws(Failure) in try self.function() }
    case UInt8(ascii: "D"):
      try write("dyn ")
      try binder { (self) throws(Failure) in try self.bounds() }
      guard accept("L") else { throw Failure() }
      let index = try base62()
      if index > 0 {
        try write(" + ")
        try lifetime(index)
      }
    case UInt8(ascii: "B"): try backReference { (self) throws(Failure) in try self.type() }
    default:
      at -= 1
      try path(isValue: false)
    }
  }

  private mutating func function() throws(Failure) {
    if accept("U") { try write("unsafe ") }
    if accept("K") {
      let convention = try accept("C") ? "C" : identifier().replacing("_", with: "-")
      try write("extern \"\(convention)\" ")
    }
    try write("fn(")
    try list { (self) throws(Failure) in try self.type() }
    try write(")")
    // The unit type is what functions answer that answer nothing.
    if accept("u") { return }
    try write(" -> ")
    try type()
  }

  private mutating func bounds() throws(Failure) {
    var isFirst = true
    while !accept("E") {
      if !isFirst { try write(" + ") }
      isFirst = false
      try dynamicTrait()
    }
  }

  private mutating func dynamicTrait() throws(Failure) {
    let isGeneric = at < name.count && name[at] == UInt8(ascii: "I")
    try path(isValue: false)
    var isOpen = isGeneric && result.hasSuffix(">")
    while accept("p") {
      if isOpen, result.hasSuffix(">") { result.removeLast() }
      try write(isOpen ? ", " : "<")
      isOpen = true
      try write(identifier() + " = ")
      try type()
      try write(">")
    }
  }

  // MARK: Constants

  private mutating func constant() throws(Failure) {
    let tag = try next()
    if tag == UInt8(ascii: "p") { return try write("_") }
    if tag == UInt8(ascii: "B") { return try backReference { (self) throws(Failure) in try self.constant() } }
    let isNegative = accept("n")
    let start = at
    while at < name.count, name[at] != UInt8(ascii: "_") { at += 1 }
    let digits = String(decoding: name[start..<at], as: UTF8.self)
    guard accept("_"), digits.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }) else {
      throw Failure()
    }
    let value = digits.isEmpty ? 0 : UInt64(digits, radix: 16)
    switch (tag, value) {
    case (UInt8(ascii: "b"), let value?): try write(value == 0 ? "false" : "true")
    case (UInt8(ascii: "c"), let value?):
      let scalar = UInt32(exactly: value).flatMap(Unicode.Scalar.init)
      guard let scalar else { throw Failure() }
      try write("'" + String(Character(scalar)) + "'")
    case (_, let value?): try write((isNegative ? "-" : "") + String(value))
    case (_, nil): try write((isNegative ? "-" : "") + "0x" + digits)
    }
  }
}
