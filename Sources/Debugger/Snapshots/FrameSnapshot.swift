package import DebugInfo
package import MachineModel

/// One frame of a stack as it stood at a stop: a physical one, or a copy inlined into the next.
package struct FrameSnapshot: Sendable, Encodable, Equatable {
  /// 0 for the innermost.
  package let level: Int
  /// Qualified, without parameters; nil where no symbol is known (`??`).
  package var function: String?
  /// Absolute.
  package let file: String?
  package let line: Int?
  package let address: VirtualAddress
  package let inlined: Bool
  package let language: SourceLanguage?
  /// The image's path.
  package let module: String?
  package let arguments: [VariableSnapshot]
  /// Of all scopes that hold at the address, innermost first; nil where they were not asked for.
  package let locals: [VariableSnapshot]?
  /// True where the address is in the middle of its line, so that text shows it (`0x… in f ()`).
  package let showsAddress: Bool
  /// Only an ELF symbol is known; `module` says `from …` in text.
  package let hasDebugInfo: Bool
  /// `<signal handler called>`.
  package let isSignalTrampoline: Bool
  /// `<function called from sdb>`.
  package let isCallDummy: Bool
  /// `file` as text shows it: as its compiler was given it. nil: `file` itself. Not part of JSON.
  package var sourceName: String?
  /// How text shows the arguments. Not part of JSON.
  package var argumentStyle = FrameArguments.scalars
  /// False for the program's own code: text says `from …` of libraries only. Not part of JSON.
  package var isLibraryCode = true

  package init(
    level: Int, function: String?, file: String?, line: Int?, address: VirtualAddress, inlined: Bool,
    language: SourceLanguage?, module: String?, arguments: [VariableSnapshot], locals: [VariableSnapshot]? = nil,
    showsAddress: Bool, hasDebugInfo: Bool, isSignalTrampoline: Bool = false, isCallDummy: Bool = false
  ) {
    self.isCallDummy = isCallDummy
    self.level = level
    self.function = function
    self.file = file
    self.line = line
    self.address = address
    self.inlined = inlined
    self.language = language
    self.module = module
    self.arguments = arguments
    self.locals = locals
    self.showsAddress = showsAddress
    self.hasDebugInfo = hasDebugInfo
    self.isSignalTrampoline = isSignalTrampoline
  }

  private enum CodingKeys: String, CodingKey {
    case level, function, file, line, address, inlined, language, module, arguments, locals
  }

  /// Unknown names, files and lines are `null`, not left out; `locals` are left out where not asked for.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(level, forKey: .level)
    try container.encode(function, forKey: .function)
    try container.encode(file, forKey: .file)
    try container.encode(line, forKey: .line)
    try container.encode(address, forKey: .address)
    try container.encode(inlined, forKey: .inlined)
    try container.encode(language, forKey: .language)
    try container.encode(module, forKey: .module)
    try container.encode(arguments, forKey: .arguments)
    try container.encodeIfPresent(locals, forKey: .locals)
  }
}

/// `bt`.
package struct Backtrace: Sendable, Encodable, Equatable {
  package let thread: ThreadSnapshot
  package let frames: [FrameSnapshot]
  /// True where a limit left frames out.
  package let truncated: Bool
  /// Why the stack ended early, where it did ("previous frame identical to this frame (corrupt stack?)").
  package let endReason: String?
  package init(thread: ThreadSnapshot, frames: [FrameSnapshot], truncated: Bool, endReason: String?) {
    self.thread = thread
    self.frames = frames
    self.truncated = truncated
    self.endReason = endReason
  }
}
