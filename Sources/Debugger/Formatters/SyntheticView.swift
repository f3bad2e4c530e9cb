/// What a value means to the people who use its type, instead of the members that its library happens to have:
/// a summary, and children that are made up. Built by a formatter; costs little until its children are asked for.
package struct SyntheticView {
  /// A part of the summary, written as it comes.
  package enum Part {
    /// The formatter's own words.
    case text(String)
    /// Characters of the program: an array of them, of their exact number. Quoted, escaped, cut where it is long.
    case string(Value)
    /// A value that stands for this one, or that is told of it. Follows the format letter.
    case value(Value)
  }

  /// How the children are written: gdb calls it the display hint.
  package enum Shape: Sendable {
    /// `{name = 1, other = 2}`.
    case members
    /// `{1, 2}`.
    case elements
    /// `{["a"] = 1, ["b"] = 2}`.
    case pairs
  }

  /// Where the view is shown.
  package enum Audience: Sendable {
    case everybody
    /// Rows of a tree. `print` shows the members, as gdb does, whose printers know nothing of the type.
    case trees
  }

  package let summary: [Part]
  package let shape: Shape
  package let audience: Audience
  /// nil where the summary says it all.
  package let children: (any SyntheticChildren)?

  package init(
    summary: [Part] = [], shape: Shape = .members, audience: Audience = .everybody,
    children: (any SyntheticChildren)? = nil
  ) {
    self.summary = summary
    self.shape = shape
    self.audience = audience
    self.children = children
  }
  package init(
    _ text: String, shape: Shape = .members, audience: Audience = .everybody,
    children: (any SyntheticChildren)? = nil
  ) {
    self.init(summary: [.text(text)], shape: shape, audience: audience, children: children)
  }

  /// Of an object whose bytes cannot be what they should: not made yet, destroyed, or overwritten.
  package static func damaged(_ name: String, _ reason: String) -> SyntheticView {
    SyntheticView("\(name) <not initialized or damaged: \(reason)>")
  }
}

/// One child that a formatter makes up.
package struct SyntheticChild {
  /// `[0]`, `get()`, `x`.
  package let name: String
  /// What a pair's value is found by; nil in other shapes.
  package let key: Value?
  package let value: Value

  package init(name: String, key: Value? = nil, value: Value) {
    self.name = name
    self.key = key
    self.value = value
  }
}

/// The children of a view, made when they are asked for. They may remember how far they have got, so that going on
/// from there is quick; they belong to one session.
package protocol SyntheticChildren: AnyObject {
  /// How many there are. Where only walking tells, no more than `limit` are counted.
  func count(upTo limit: Int) -> Int
  /// The child at an index from 0; nil past the end. Throws what keeps it from being read; the children after it are
  /// lost then, too.
  func child(at index: Int) throws(Unavailability) -> SyntheticChild?
  /// What the container's own `[]` leads to, which checks no bounds: where the elements' places can be computed, what
  /// is there, element or not.
  func element(at index: Int64) throws(Unavailability) -> Value
}

extension SyntheticChildren {
  package func element(at index: Int64) throws(Unavailability) -> Value {
    guard let child = try child(at: Int(index)) else { throw .reason("There is no such element.") }
    return child.value
  }
}
