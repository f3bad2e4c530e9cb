import MachineModel

/// What was found out about single addresses of an image: many stacks, and many stops, ask for the same few.
struct CodeFacts {
  struct ScopeAddress: Hashable {
    let entry: EntryID
    let address: UInt64
  }
  struct FileAddress: Hashable {
    let file: String
    let address: UInt64
  }

  var scopes = Memo<UInt64, [CodeScope]>()
  var variables = Memo<ScopeAddress, [Variable]>()
  /// By return address.
  var callSites = Memo<UInt64, DIE?>()
  /// By return address and the function that may have been called: whether it was, where the site's entry names what it calls.
  var directCalls = Memo<[UInt64], Bool>()
  var recordedNames = Memo<FileAddress, String>()
  /// By a function's entry: whether it may call itself by jumps alone.
  var selfTailCalls = Memo<UInt64, Bool>()
}

/// Answers that were given before. Bounded: at its capacity all are forgotten.
struct Memo<Key: Hashable, Answer> {
  /// More than the different addresses of any stack.
  private static var capacity: Int { 8192 }
  private var answers: [Key: Answer] = [:]

  subscript(key: Key) -> Answer? { answers[key] }

  /// Keeps an answer, and gives it back.
  mutating func keep(_ answer: Answer, for key: Key) -> Answer {
    if answers.count >= Self.capacity { answers.removeAll(keepingCapacity: true) }
    answers[key] = answer
    return answer
  }
}
