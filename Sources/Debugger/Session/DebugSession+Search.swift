import DebugInfo
package import MachineModel

extension DebugSession {
  /// `find START, +LENGTH|END, VALUE…` with its options; the addresses found.
  package func find(_ arguments: String) async throws(SessionError) -> [VirtualAddress] {
    var text = arguments.drop { $0 == " " }
    var unit: Int?
    var most = Int.max
    if text.hasPrefix("/") {
      let options = text.dropFirst().prefix { $0 != " " }
      text = text.dropFirst(options.count + 1)
      let digits = options.filter(\.isNumber)
      if let count = Int(digits) { most = count }
      for (letter, size) in [("b", 1), ("h", 2), ("w", 4), ("g", 8)] where options.contains(letter) { unit = size }
    }
    let parts = splitArguments(String(text))
    guard parts.count >= 3 else { throw .refused("Missing search parameters: find START, +LENGTH, VALUE…") }
    let start = try await address(of: parts[0])
    let length: UInt64
    if parts[1].hasPrefix("+") {
      length = try await address(of: String(parts[1].dropFirst())).rawValue
    } else {
      let end = try await address(of: parts[1])
      guard end >= start else { throw .refused("Invalid search space, end precedes start.") }
      length = (end - start) as UInt64 &+ 1
    }
    var pattern: [UInt8] = []
    for part in parts.dropFirst(2) { pattern += try await patternBytes(part, unit: unit) }
    guard !pattern.isEmpty else { throw .refused("The search pattern is empty.") }
    return try search(pattern, from: start, length: length, most: most)
  }

  private func patternBytes(_ expression: String, unit: Int?) async throws(SessionError) -> [UInt8] {
    let scope = try await selectedScope(for: expression)
    return try expressionResult { () throws(ExpressionError) in
      let value = try ExpressionEvaluator(scope: scope).evaluate(expression)
      do throws(Unavailability) {
        let bytes = Array(try value.contents().bytes)
        // A string is searched without its final zero, as gdb does.
        if case .array = value.type.kind { return bytes.last == 0 ? bytes.dropLast() : bytes }
        return unit.map { unit in (0..<unit).map { $0 < bytes.count ? bytes[$0] : 0 } } ?? bytes
      } catch {
        throw ExpressionError(error)
      }
    }
  }

  private func search(
    _ pattern: [UInt8], from start: VirtualAddress, length: UInt64, most: Int
  ) throws(SessionError) -> [VirtualAddress] {
    let memory = currentMemory
    let chunk = 1 << 20
    var found: [VirtualAddress] = []
    var offset: UInt64 = 0
    while offset < length, found.count < most {
      // Chunks overlap by all but one byte of the pattern, so that no match is cut.
      let wanted = Int(min(UInt64(chunk + pattern.count - 1), length - offset))
      var bytes = [UInt8](repeating: 0, count: wanted)
      let got = bytes.withUnsafeMutableBytes { memory.read(start + offset, into: $0) }
      bytes.withUnsafeBytes { buffer in
        var index = 0
        while index + pattern.count <= got, index < chunk, found.count < most {
          if buffer[index] == pattern[0], buffer[index..<(index + pattern.count)].elementsEqual(pattern) {
            found.append(start + offset + index as VirtualAddress)
          }
          index += 1
        }
      }
      guard got == wanted else {
        if offset == 0, got == 0 { throw .memory(start) }
        break
      }
      offset += UInt64(chunk)
    }
    return found
  }

  /// Splits at commas that are not inside parentheses, brackets or quotes.
  func splitArguments(_ text: String) -> [String] {
    var parts = [""]
    var depth = 0
    var quote: Character?
    for character in text {
      switch character {
      case "\"", "'": quote = quote == nil ? character : quote == character ? nil : quote
      case "(", "[", "{": depth += 1
      case ")", "]", "}": depth -= 1
      default: break
      }
      if character == ",", depth == 0, quote == nil {
        parts.append("")
      } else {
        parts[parts.count - 1].append(character)
      }
    }
    return parts.map { String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()) }
  }
}
