import DebugInfo
import MachineModel

/// Cells, locks, atomics and numbers that are never zero.
extension RustFormatters {
  static let cells: [String: Formatter] = [
    "core::Cell": { subject throws(Unavailability) in
      SyntheticView("Cell", children: ListedChildren("value", try subject.value.field("value", "value")))
    },
    "core::RefCell": { subject throws(Unavailability) in
      try borrowable(subject, "RefCell", "value", subject.value.field("value", "value"), subject.value.field("borrow"))
    },
    "core::Ref": { subject throws(Unavailability) in
      try borrowed(subject, mark: "Ref")
    },
    "core::RefMut": { subject throws(Unavailability) in
      try borrowed(subject, mark: "Ref")
    },
    "core::OnceCell": { subject throws(Unavailability) in
      guard let content = try subject.value.field("inner", "value").payload() else {
        return SyntheticView("OnceCell(uninitialized)")
      }
      return SyntheticView("OnceCell", children: ListedChildren("value", content))
    },
    "core::NonZero": { subject throws(Unavailability) in
      SyntheticView(summary: [.value(subject.value.unwrapped)])
    },
    "std::Mutex": { subject throws(Unavailability) in
      try lock(subject, "Mutex", state: "futex") { $0 == 0 ? nil : "locked" }
    },
    "std::RwLock": { subject throws(Unavailability) in
      // std's futex RwLock: the low 30 bits count the readers, or are all set by a writer.
      try lock(subject, "RwLock", state: "state") { state in
        let readers = state & 0x3fff_ffff
        return readers == 0 ? nil : readers == 0x3fff_ffff ? "write-locked" : "readers=\(readers)"
      }
    },
    "std::MutexGuard": { subject throws(Unavailability) in
      try guarded(subject, "MutexGuard")
    },
    "std::RwLockReadGuard": { subject throws(Unavailability) in
      try guarded(subject, "RwLockReadGuard")
    },
    "std::RwLockWriteGuard": { subject throws(Unavailability) in
      try guarded(subject, "RwLockWriteGuard")
    },
  ]

  static let atomics: [String: Formatter] = Dictionary(
    uniqueKeysWithValues: [
      "", "Bool", "I8", "I16", "I32", "I64", "Isize", "U8", "U16", "U32", "U64", "Usize", "Ptr",
    ].map { name in
      ("core::Atomic" + name, { @Sendable subject throws(Unavailability) -> SyntheticView? in atomic(subject) })
    })

  private static func atomic(_ subject: FormatSubject) -> SyntheticView {
    let content = subject.value.unwrapped
    let isBool = subject.type.name?.hasSuffix("Bool") ?? false
    return SyntheticView(summary: [.value(isBool ? content.viewed(as: .bool) : content)])
  }

  /// Borrows are counted up for readers, down for a writer.
  private static func borrowable(
    _ subject: FormatSubject, _ name: String, _ label: String, _ value: Value, _ borrow: Value
  ) throws(Unavailability) -> SyntheticView? {
    let flag = borrow.unwrapped
    let count = Int64(truncatingIfNeeded: try flag.integer().signed)
    let text = count >= 0 ? "borrow=\(count)" : "borrow_mut=\(0 &- count)"
    let children = ListedChildren([
      SyntheticChild(name: label, value: value), SyntheticChild(name: "borrow", value: flag),
    ])
    return SyntheticView("\(name)(\(text))", children: children)
  }

  /// `Ref(borrow=1) = {*value = 7, borrow = 1}`.
  private static func borrowed(_ subject: FormatSubject, mark: String) throws(Unavailability) -> SyntheticView? {
    let pointer = try subject.value.field("value").unwrapped
    let flag = try subject.value.field("borrow").unwrapped
    guard let type = pointer.type.stripped.target, let cell = flag.type.stripped.target else { return nil }
    let value = subject.value.object(type, at: try pointer.pointed())
    return try borrowable(subject, mark, "*value", value, subject.value.object(cell, at: try flag.pointed()))
  }

  private static func lock(
    _ subject: FormatSubject, _ name: String, state: String, describe: (UInt64) -> String?
  ) throws(Unavailability) -> SyntheticView? {
    let word = try subject.value.field("inner", state).unwrapped.integer().bits
    let isPoisoned = try subject.value.field("poison").unwrapped.integer().bits != 0
    let words = [describe(UInt64(truncatingIfNeeded: word)), isPoisoned ? "poisoned" : nil].compactMap(\.self)
    let text = words.isEmpty ? name : "\(name)(\(words.joined(separator: ", ")))"
    return SyntheticView(text, children: ListedChildren("value", try subject.value.field("data", "value")))
  }

  private static func guarded(_ subject: FormatSubject, _ name: String) throws(Unavailability) -> SyntheticView? {
    // A guard has its lock, or (of a reader) the data itself.
    if let data = subject.value.member(named: "data")?.unwrapped, let type = data.type.stripped.target {
      return SyntheticView(
        name, children: ListedChildren("*value", subject.value.object(type, at: try data.pointed())))
    }
    let lock = try subject.value.field("lock")
    guard let type = lock.type.stripped.target else { return nil }
    let content = try subject.value.object(type, at: try lock.pointed()).field("data", "value")
    return SyntheticView(name, children: ListedChildren("*value", content))
  }
}
