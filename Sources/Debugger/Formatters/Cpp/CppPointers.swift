import DebugInfo
import MachineModel

/// Pointers that own what they point to, and functions.
extension CppFormatters {
  static let pointers: [String: Formatter] = [
    "std::unique_ptr": { subject throws(Unavailability) in uniquePointer(subject) },
    "std::shared_ptr": { subject throws(Unavailability) in try sharedPointer(subject) },
    "std::weak_ptr": { subject throws(Unavailability) in try sharedPointer(subject) },
    "std::tr1::shared_ptr": { subject throws(Unavailability) in try sharedPointer(subject) },
    "std::tr1::weak_ptr": { subject throws(Unavailability) in try sharedPointer(subject) },
    "std::function": { subject throws(Unavailability) in try function(subject) },
    "std::move_only_function": { subject throws(Unavailability) in try function(subject) },
  ]

  private static func uniquePointer(_ subject: FormatSubject) -> SyntheticView? {
    guard let type = subject.argument(0) else { return nil }
    let pointer: Value
    if let data = subject.value.member(named: "_M_t") {
      // A pointer and its deleter, in a tuple, which newer versions wrap.
      let pair = TypeFamily(data.type.stripped)?.name == "std::tuple" ? data : data.member(named: "_M_t")
      guard let first = pair.flatMap(tupleElements)?.first else { return nil }
      pointer = first
    } else if let member = subject.value.member(named: "__ptr_") {
      pointer = uncompressed(member)
    } else {
      return nil
    }
    return SyntheticView(
      "std::unique_ptr<\(CppTypeNames.full(type))>", children: ListedChildren("get()", pointer))
  }

  /// Also an atomic one, whose counts' address has a lock in its lowest bit.
  static func sharedPointer(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let value = subject.value.member(named: "_M_impl") ?? subject.value
    guard let type = subject.argument(0), let pointer = value.field(anyOf: ["_M_ptr", "__ptr_"]) else { return nil }
    let name = "\(subject.family.displayName)<\(CppTypeNames.full(type))>"
    let counts: Counts?
    do throws(Unavailability) {
      guard let found = try self.counts(of: value) else { return nil }
      counts = found
    } catch .memory(let address) {
      return .damaged(name, "no counts at \(address)")
    }
    return SyntheticView(
      "\(name) (\(counts?.description ?? "empty"))", children: ListedChildren("get()", pointer))
  }

  /// nil where there is no such member; no counts where the pointer shares nothing.
  private static func counts(of value: Value) throws(Unavailability) -> Counts?? {
    let memory = value.source.memory
    if let references = value.member(named: "_M_refcount") {
      let tagged = references.member(named: "_M_val")?.member(named: "_M_i")
      guard let block = try (tagged ?? references.member(named: "_M_pi"))?.pointed() else { return nil }
      return .some(try Counts(libstdcxx: VirtualAddress(block.rawValue & ~1), memory))
    }
    guard let control = value.member(named: "__cntrl_") else { return nil }
    return .some(try Counts(libcxx: try control.pointed(), memory))
  }

  /// How many shared pointers there are to what a shared or weak one points to.
  static func useCount(of value: Value) throws(Unavailability) -> Int64 {
    guard let found = try counts(of: value) else { throw .reason("The object's layout is not known.") }
    return found?.uses ?? 0
  }

  /// How many pointers share an object.
  private struct Counts: CustomStringConvertible {
    let uses: Int64
    /// The sharing ones together count as one weak one.
    let weak: Int64

    /// A virtual table's address, then two `int`s. nil where there is no block.
    init?(libstdcxx block: VirtualAddress, _ memory: any MemoryReader) throws(Unavailability) {
      if block.isNull { return nil }
      let word = try memory.word(at: block.offset(by: 8))
      uses = Int64(Int32(truncatingIfNeeded: word))
      weak = Int64(Int32(truncatingIfNeeded: word >> 32))
    }
    /// A virtual table's address, then two `long`s, both one less than the count.
    init?(libcxx block: VirtualAddress, _ memory: any MemoryReader) throws(Unavailability) {
      if block.isNull { return nil }
      uses = Int64(bitPattern: try memory.word(at: block.offset(by: 8))) &+ 1
      weak = Int64(bitPattern: try memory.word(at: block.offset(by: 16))) &+ 1
    }

    var description: String {
      uses == 0 ? "expired, weak count \(weak)" : "use count \(uses), weak count \(weak &- 1)"
    }
  }

  // MARK: Functions

  /// What is called: a function by its symbol, a function object by its class.
  private static func function(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let invoker: VirtualAddress
    let stored: Value?
    if let member = subject.value.member(named: "_M_invoker") {
      invoker = try member.pointed()
      stored = subject.value.member(named: "_M_functor")
    } else if let held = subject.value.member(named: "__f_")?.member(named: "__f_") {
      let object = try held.pointed()
      if object.isNull { return SyntheticView("empty", audience: .trees) }
      // The object's class names the target; after its table of virtual functions comes the target itself.
      invoker = try subject.memory.pointer(at: object)
      stored = subject.value.object(.unsignedLong, at: object.offset(by: 8))
    } else {
      return nil
    }
    if invoker.isNull { return SyntheticView("empty", audience: .trees) }
    // A plain function is kept as its address; whether it is one, its symbol tells.
    if let stored, let target = try? stored.part(.unsignedLong, at: 0).pointed(),
      let found = subject.source.symbol(at: target), found.offset == 0, found.symbol.isFunction
    {
      return SyntheticView(found.symbol.name, audience: .trees)
    }
    guard let found = subject.source.symbol(at: invoker) else { return nil }
    return SyntheticView(targetName(found.symbol.name), audience: .trees)
  }

  /// `main::{lambda(int)#1}` of `std::_Function_handler<int (int), main::{lambda(int)#1}>::_M_invoke(…)` or of
  /// `vtable for std::__1::__function::__func<main::$_0, std::__1::allocator<main::$_0>, int (int)>`.
  static func targetName(_ symbol: String) -> String {
    let isLast = symbol.contains("_Function_handler<")
    guard let start = symbol.firstRange(of: isLast ? "_Function_handler<" : "__func<")?.upperBound else {
      return symbol
    }
    var depth = 0
    var parts: [Substring] = []
    var begin = start
    for index in symbol[start...].indices {
      switch symbol[index] {
      case "<", "(", "{": depth += 1
      case ">" where depth == 0:
        parts.append(symbol[begin..<index])
        guard let part = isLast ? parts.last : parts.first else { return symbol }
        return String(part.drop { $0 == " " })
      case ">", ")", "}": depth -= 1
      case "," where depth == 0:
        parts.append(symbol[begin..<index])
        begin = symbol.index(after: index)
      default: break
      }
    }
    return symbol
  }
}
