/// A question about places in the code of one image.
enum PlaceQuestion: Hashable {
  /// Of debug information.
  case function(String, file: String?)
  /// Of the symbol table.
  case symbol(String)
  case line(UInt32, file: String)
}

extension LoadedImage {
  /// More questions than anybody has breakpoints; then all answers are forgotten.
  private static let mostAnswers = 1 << 10

  /// The answer to a question, found once for as long as the image stays where it is: when another one is loaded, breakpoints are
  /// looked for in that alone.
  func places(_ question: PlaceQuestion, _ find: () -> [CodeLocation]) -> [CodeLocation] {
    if let known = knownPlaces[question] { return known }
    let found = find()
    // Where looking was given up, nothing was found for sure.
    guard isIndexed || isAnswered(question) else { return found }
    if knownPlaces.count >= Self.mostAnswers { knownPlaces = [:] }
    knownPlaces[question] = found
    return found
  }

  private func isAnswered(_ question: PlaceQuestion) -> Bool {
    switch question {
    case .function(let name, _): knownFunctionIndexes[name] != nil || isSearched(NameQuery(name))
    case .line: knowsUnits
    case .symbol: true
    }
  }
}
