import Debugger

/// `printf "FORMAT", ARGUMENT…`, by values that the session shows.
enum PrintfCommand {
  static func run(_ context: CommandContext) async throws -> any CommandResult {
    PlainOutput(try await text(try context.required("format-control string and values to print"), in: context))
  }

  private static func text(_ arguments: String, in context: CommandContext) async throws -> String {
    let format = try PrintfFormat(parsing: arguments)
    var expressions = format.arguments[...]
    var text = ""
    for piece in format.pieces {
      switch piece {
      case .text(let literal): text += literal
      case .conversion(let conversion):
        guard let expression = expressions.popFirst() else { break }
        text += try await show(expression, as: conversion, in: context)
      }
    }
    return text
  }

  private static func show(_ expression: String, as conversion: PrintfFormat.Conversion, in context: CommandContext)
    async throws -> String
  {
    switch conversion.letter {
    case "s":
      return conversion.format(text: try await context.session.string(at: expression) ?? "(null)")
    case "f", "F", "e", "E", "g", "G", "a", "A":
      let value = try await context.session.evaluate("(double)(\(expression))").variable.value
      guard let number = Double(value) else { throw CommandError("Value can't be converted to floating point.") }
      return conversion.format(number: number)
    default:
      // A pointer or a floating-point number is converted, as C's printf could not.
      let number = try await context.session.wholeNumber(expression)
      return conversion.format(integer: number)
    }
  }
}
