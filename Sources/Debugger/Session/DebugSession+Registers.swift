import DebugInfo

extension DebugSession {
  /// nil names: all general registers. Of the selected frame.
  package func registers(named names: [String]?, includingVectors: Bool) async throws(SessionError) -> [RegisterRow] {
    guard process != nil else { throw .notRunning }
    let scope = try await selectedScope()
    let formatter = ValueFormatter(settings: settings, language: .c)
    var chosen = names ?? RegisterRow.generalNames
    if names == nil, includingVectors { chosen += (0..<16).map { "xmm\($0)" } + (0..<8).map { "st\($0)" } }
    var rows: [RegisterRow] = []
    for name in chosen {
      let bare = name.hasPrefix("$") ? String(name.dropFirst()) : name
      guard let value = scope.register(named: bare) else { throw .refused("Invalid register `\(bare)'") }
      if (try? value.contents()) == nil {
        rows.append(RegisterRow(name: bare, raw: "<not saved>", natural: "<not saved>"))
      } else {
        rows.append(
          RegisterRow(
            name: bare, raw: formatter.nestedText(value, format: ValueFormat(.hexadecimal)),
            natural: formatter.nestedText(value)))
      }
    }
    return rows
  }
}

extension RegisterRow {
  /// In the order of gdb's `info registers`.
  static let generalNames = [
    "rax", "rbx", "rcx", "rdx", "rsi", "rdi", "rbp", "rsp", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15",
    "rip", "eflags", "cs", "ss", "ds", "es", "fs", "gs", "fs_base", "gs_base",
  ]
}
