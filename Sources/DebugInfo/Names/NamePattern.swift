/// A regular expression over names, as gdb's users write them: POSIX basic ones (regex(7)) with GNU's `\|`, `\+`, `\?`,
/// `\<`, `\>`, `\b`, `\w` and their opposites, but no back-references. Matches anywhere in a name.
///
/// It runs all ways of matching side by side (Thompson's simulation), in time proportional to the lengths of both, and its
/// program is bounded: what a user types can neither hang nor use up memory, as it can with regcomp(3).
package struct NamePattern: Sendable {
  package struct Failure: Error, Equatable {
    /// regerror(3)'s words.
    package let reason: String
  }

  /// What all matches contain, where the pattern is plain text.
  private let literal: [UInt8]?
  private let program: [Instruction]

  enum Instruction: Sendable {
    case set(ByteSet)
    case split(Int, Int)
    case jump(Int)
    case check(Assertion)
    case accept
  }

  enum Assertion: Sendable { case start, end, wordStart, wordEnd, wordBoundary, notWordBoundary }

  package init(_ text: String) throws(Failure) {
    let bytes = Array(text.utf8)
    if !bytes.contains(where: { ".[]*^$\\".utf8.contains($0) }) {
      literal = bytes
      program = []
      return
    }
    literal = nil
    var parser = NamePatternParser(bytes)
    let tree = try parser.parse()
    var compiler = Compiler()
    try compiler.add(tree)
    compiler.program.append(.accept)
    program = compiler.program
  }

  /// True where some part of `name` matches.
  package func matches(_ name: String) -> Bool {
    var name = name
    return name.withUTF8 { matches($0) }
  }

  private func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    if let literal { return contains(literal, in: text) }
    var current = StateSet(count: program.count)
    var next = StateSet(count: program.count)
    for position in 0...text.count {
      // A match may begin anywhere.
      if add(0, at: position, of: text, to: &current) { return true }
      guard position < text.count else { return false }
      for state in current.members {
        guard case .set(let set) = program[state], set.contains(text[position]) else { continue }
        if add(state + 1, at: position + 1, of: text, to: &next) { return true }
      }
      swap(&current, &next)
      next.removeAll()
    }
    return false
  }

  /// Adds a state and those that follow it without reading; true where the pattern is through.
  private func add(_ state: Int, at position: Int, of text: UnsafeBufferPointer<UInt8>, to set: inout StateSet) -> Bool
  {
    var pending = [state]
    while let state = pending.popLast() {
      guard set.insert(state) else { continue }
      switch program[state] {
      case .accept: return true
      case .jump(let target): pending.append(target)
      case .split(let first, let second): pending += [second, first]
      case .check(let assertion): if assertion.holds(at: position, of: text) { pending.append(state + 1) }
      case .set: break
      }
    }
    return false
  }

  private func contains(_ part: [UInt8], in text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let first = part.first else { return true }
    guard text.count >= part.count else { return false }
    for start in 0...(text.count - part.count) where text[start] == first {
      if text[start..<(start + part.count)].elementsEqual(part) { return true }
    }
    return false
  }

  /// Turns a tree into a program.
  private struct Compiler {
    /// Repetitions of repetitions multiply.
    private static let limit = 10_000
    var program: [Instruction] = []

    mutating func add(_ tree: NamePatternTree) throws(Failure) {
      guard program.count < Self.limit else { throw Failure(reason: "Regular expression too big") }
      switch tree {
      case .empty: break
      case .set(let set): program.append(.set(set))
      case .assertion(let assertion): program.append(.check(assertion))
      case .sequence(let parts): for part in parts { try add(part) }
      case .alternatives(let choices): try add(choices[...])
      case .repetition(let part, let least, let most):
        for _ in 0..<least { try add(part) }
        if let most {
          for _ in least..<max(least, most) { try addOptional(part) }
        } else {
          let start = program.count
          try addOptional(part)
          program.append(.jump(start))
          program[start] = .split(start + 1, program.count)
        }
      }
    }

    private mutating func addOptional(_ part: NamePatternTree) throws(Failure) {
      let start = program.count
      program.append(.accept)
      try add(part)
      program[start] = .split(start + 1, program.count)
    }

    private mutating func add(_ choices: ArraySlice<NamePatternTree>) throws(Failure) {
      guard let first = choices.first else { return }
      guard choices.count > 1 else { return try add(first) }
      let start = program.count
      program.append(.accept)
      try add(first)
      let jump = program.count
      program.append(.accept)
      program[start] = .split(start + 1, program.count)
      try add(choices.dropFirst())
      program[jump] = .jump(program.count)
    }
  }
}

/// States of the simulation, each once.
private struct StateSet {
  private(set) var members: [Int] = []
  private var isMember: [Bool]
  init(count: Int) { isMember = Array(repeating: false, count: count) }

  mutating func insert(_ state: Int) -> Bool {
    guard !isMember[state] else { return false }
    isMember[state] = true
    members.append(state)
    return true
  }
  mutating func removeAll() {
    for state in members { isMember[state] = false }
    members.removeAll(keepingCapacity: true)
  }
}

extension NamePattern.Assertion {
  func holds(at position: Int, of text: UnsafeBufferPointer<UInt8>) -> Bool {
    let before = position > 0 && isWordByte(text[position - 1])
    let after = position < text.count && isWordByte(text[position])
    return switch self {
    case .start: position == 0
    case .end: position == text.count
    case .wordStart: !before && after
    case .wordEnd: before && !after
    case .wordBoundary: before != after
    case .notWordBoundary: before == after
    }
  }
}

/// Which of the 256 bytes.
struct ByteSet: Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  static let all = ByteSet { _ in true }
  static let word = ByteSet { isWordByte($0) && $0 != UInt8(ascii: "$") }

  init(_ contains: (UInt8) -> Bool) {
    for byte in UInt8.min...UInt8.max where contains(byte) { insert(byte) }
  }

  var inverted: ByteSet { ByteSet { !contains($0) } }

  func contains(_ byte: UInt8) -> Bool {
    let word =
      switch byte >> 6 {
      case 0: words.0
      case 1: words.1
      case 2: words.2
      default: words.3
      }
    return word >> UInt64(byte & 63) & 1 != 0
  }

  mutating func insert(_ byte: UInt8) {
    let bit = UInt64(1) << UInt64(byte & 63)
    switch byte >> 6 {
    case 0: words.0 |= bit
    case 1: words.1 |= bit
    case 2: words.2 |= bit
    default: words.3 |= bit
    }
  }
}
