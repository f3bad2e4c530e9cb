import DebugInfo
import Debugger
import MachineModel

/// Values, types, memory and registers.
enum DataCommands {
  private static let formats =
    "FMT is a letter: x hexadecimal, d decimal, u unsigned, o octal, t binary, z hexadecimal with leading zeros,\n"
    + "a address, c character, f float, s string."

  static let all: [CommandDescriptor] = [
    CommandDescriptor(
      "print", ["p", "inspect"], .data, "print[/FMT] [EXPRESSION]", "Print value of expression EXP.",
      details: formats + "\n$NUM gets previous value number NUM.  $ and $$ are the last two values.",
      arguments: [.expression], takesFormat: true, handler: print),
    CommandDescriptor(
      "call", [], .data, "call[/FMT] EXPRESSION", "Evaluate an expression; a void value is not printed.",
      arguments: [.expression], takesFormat: true, handler: call),
    CommandDescriptor(
      "output", [], .data, "output[/FMT] EXPRESSION",
      "Like \"print\" but don't put in value history and don't print newline.", arguments: [.expression],
      takesFormat: true, handler: output),
    CommandDescriptor(
      "printf", [], .data, "printf \"FORMAT\", ARGUMENT…", "Formatted printing, like the C \"printf\" function.",
      details: "Supports the conversions d i u o x X c s p f e g a and %%, with flags, width, precision and size.",
      arguments: [.expression], handler: PrintfCommand.run),
    CommandDescriptor(
      "echo", [], .support, "echo TEXT", "Print a constant string.  Give string as argument.",
      details: "C escape sequences may be used in the argument. No newline is added at the end.", arguments: [.text],
      handler: { PlainOutput(CEscapes.decode($0.arguments)) }),
    CommandDescriptor(
      "x", [], .data, "x[/NFU] [ADDRESS]", "Examine memory.",
      details: "N is how many units, F a format letter, U the unit's size: b 1, h 2, w 4, g 8 bytes.\n" + formats
        + "\nAlso: i instructions. Without an address, it goes on where it ended.",
      arguments: [.expression], repetition: .withoutArguments, takesFormat: true, handler: examine),
    CommandDescriptor(
      "ptype", [], .data, "ptype[/FLAGS] EXPRESSION|TYPE", "Print definition of type TYPE.",
      details: "FLAGS: o offsets and sizes of members, x those in hexadecimal, d in decimal, m no methods, M methods,\n"
        + "t no typedefs, T typedefs, r raw: without names for template parameters and the C++ library's short names.",
      arguments: [.type], handler: { try await describeType($0, expanded: true) }),
    CommandDescriptor(
      "whatis", [], .data, "whatis[/FLAGS] EXPRESSION|TYPE", "Print data type of expression EXP.",
      details: "FLAGS are those of ptype; r shows types of the C++ library by their whole names.", arguments: [.type],
      handler: { try await describeType($0, expanded: false) }),
    CommandDescriptor(
      "find", [], .data, "find[/SIZE] [/MAX] START, +LENGTH|END, VALUE…", "Search memory for a sequence of bytes.",
      details: "SIZE is b, h, w or g; without it each value has its own type's size. A string in quotes is its bytes.",
      arguments: [.expression], handler: find),
  ]

  static let info: [CommandDescriptor] = [
    CommandDescriptor(
      "registers", ["r"], .status, "info registers [NAME…]",
      "List of integer registers and their contents, for selected stack frame.", arguments: [.register],
      withoutProcess: "No registers.", handler: { try await registers($0, includingVectors: false) }),
    CommandDescriptor(
      "all-registers", [], .status, "info all-registers [NAME…]",
      "List of all registers and their contents, for selected stack frame.", arguments: [.register],
      withoutProcess: "No registers.", handler: { try await registers($0, includingVectors: true) }),
    CommandDescriptor(
      "vtbl", [], .status, "info vtbl EXPRESSION", "Show the virtual function table for a C++ object.",
      details: "EXPRESSION is an object or a pointer to one; its base classes' tables are shown, too.",
      arguments: [.expression],
      handler: { context in
        let expression = try context.required("expression of an object")
        guard let tables = try await context.session.virtualTables(of: expression) else {
          return Message("This object does not have a virtual function table")
        }
        return VirtualTableList(tables: tables)
      }),
    CommandDescriptor(
      "symbol", [], .status, "info symbol ADDRESS", "Describe what symbol is at location ADDR.",
      arguments: [.expression], handler: symbol),
  ]

  private static func print(_ context: CommandContext) async throws -> any CommandResult {
    let format = try context.format?.valueFormat(for: "print") ?? .natural
    var (settings, expression) = try await PrintOptions.read(context)
    if expression.isEmpty { expression = "$" }
    return PrintResult(
      try await context.session.evaluate(expression, format: format, recordsHistory: true, showing: settings))
  }

  private static func call(_ context: CommandContext) async throws -> any CommandResult {
    _ = try context.required("expression")
    let format = try context.format?.valueFormat(for: "call") ?? .natural
    let (settings, expression) = try await PrintOptions.read(context)
    let value = try await context.session.evaluate(
      expression, format: format, recordsHistory: true, recordsVoid: false, showing: settings)
    return value.history == nil ? Done() : PrintResult(value)
  }

  private static func output(_ context: CommandContext) async throws -> any CommandResult {
    let format = try context.format?.valueFormat(for: "output") ?? .natural
    let expression = try context.required("expression to compute")
    let value = try await context.session.evaluate(expression, format: format)
    return OutputResult(value: value)
  }

  private static func examine(_ context: CommandContext) async throws -> any CommandResult {
    let suffix = context.format
    let format = await context.interpreter.update { $0.examining.complete(suffix) }
    let expression = context.arguments.isEmpty ? nil : context.arguments
    let count = await context.interpreter.update { state in
      if expression != nil || suffix != nil { state.examinedCount = suffix?.count ?? 1 }
      return state.examinedCount
    }
    let dump = try await context.session.examine(expression, count: count, format: format)
    if dump.rows.isEmpty, let error = dump.error { throw CommandError(error) }
    let isCode = format.letter == .instruction
    let here = isCode ? try? await context.session.selectedFrame().address : nil
    return ExamineResult(dump, isInstructions: isCode, programCounter: here)
  }

  private static func describeType(_ context: CommandContext, expanded: Bool) async throws -> any CommandResult {
    var options = await context.session.settings.typeOptions
    var expression = context.arguments
    while let split = CommandLine.splitFormat(expression) {
      try options.apply(flags: split.format)
      expression = split.rest
    }
    return TypeResult(
      try await context.session.typeDescription(
        of: expression.isEmpty ? "$" : expression, isExpanded: expanded, options: options))
  }

  private static func registers(_ context: CommandContext, includingVectors: Bool) async throws -> any CommandResult {
    let names = context.arguments.words.map { $0.hasPrefix("$") ? String($0.dropFirst()) : $0 }
    return RegisterTable(
      registers: try await context.session.registers(
        named: names.isEmpty ? nil : names, includingVectors: includingVectors))
  }

  private static func find(_ context: CommandContext) async throws -> any CommandResult {
    let found = try await context.session.find(try context.required("search parameters"))
    var hits: [FindResult.Hit] = []
    for address in found {
      let symbol = await context.session.symbol(at: address)
      let name = symbol.map { $0.symbol.name + ($0.offset > 0 ? "+\($0.offset)" : "") }
      hits.append(FindResult.Hit(address: address, symbol: name))
    }
    return FindResult(hits: hits)
  }

  private static func symbol(_ context: CommandContext) async throws -> any CommandResult {
    let expression = try context.required("address")
    // A function's name stands for its address, as in C.
    let address: Int64
    do { address = try await context.integer("(long)(\(expression))") } catch {
      address = try await context.integer("(long)&(\(expression))")
    }
    let place = VirtualAddress(UInt64(bitPattern: address))
    guard let found = await context.session.symbol(at: place) else {
      throw CommandError("No symbol matches \(expression).")
    }
    let isAlone = await context.session.images().isEmpty
    return SymbolResult(
      name: found.symbol.name, offset: found.offset, address: place,
      section: await context.session.section(at: place),
      module: isAlone ? nil : await context.session.image(containing: place)?.path)
  }
}

/// `output`: the value alone, without a newline.
struct OutputResult: CommandResult, Equatable {
  let value: EvaluatedValue
  var text: String { value.variable.value }
  var terminator: String { "" }
  func encode(to encoder: any Encoder) throws { try value.variable.encode(to: encoder) }
}

extension TypePrinter.Options {
  /// The letters behind `ptype/`.
  fileprivate mutating func apply(flags: String) throws(CommandError) {
    for flag in flags {
      switch flag {
      case "r": isRaw = true
      case "m": showsMethods = false
      case "M": showsMethods = true
      case "t": showsTypedefs = false
      case "T": showsTypedefs = true
      case "o": showsOffsets = true
      case "x": isHexadecimal = true
      case "d": isHexadecimal = false
      default: throw CommandError("unrecognized flag '\(flag)'")
      }
    }
  }
}
