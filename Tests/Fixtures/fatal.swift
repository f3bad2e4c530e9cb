// A runtime error with a message of its own.
func risky(_ number: Int) -> Int {
  if number > 2 { fatalError("too much: \(number)") }
  return number
}

_ = risky(CommandLine.arguments.count + 6)
