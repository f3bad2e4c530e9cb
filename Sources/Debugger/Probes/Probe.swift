/// What a breakpoint does at its hits instead of stopping.
package enum Probe: Sendable, Equatable {
  /// Tells of calls and returns; with `lines`, of the lines in between too.
  case trace(lines: Bool)
  /// Measures how long calls take.
  case time
  case count
}

/// Something that a traced function has done.
package struct TraceStep: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    /// With its arguments.
    case call
    /// With what was returned; nil: nothing, or what is not known.
    case `return`(String?)
    /// With the line's text, where there is one.
    case line(String?)
  }

  package let kind: Kind
  /// Traced calls around it in its thread.
  package let depth: Int
  /// Where it is, with the arguments of a call.
  package let frame: FrameSnapshot

  package init(kind: Kind, depth: Int, frame: FrameSnapshot) {
    self.kind = kind
    self.depth = depth
    self.frame = frame
  }
}

extension TraceStep: Encodable {
  private enum CodingKeys: String, CodingKey { case kind, depth, function, arguments, value, source }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    func begin(_ kind: String) throws {
      try container.encode(kind, forKey: .kind)
      try container.encode(depth, forKey: .depth)
      try container.encode(frame.function, forKey: .function)
    }
    switch kind {
    case .call:
      try begin("call")
      try container.encode(frame.arguments, forKey: .arguments)
    case .return(let value):
      try begin("return")
      try container.encodeIfPresent(value, forKey: .value)
    case .line(let text):
      try begin("line")
      try container.encodeIfPresent(text, forKey: .source)
    }
  }
}
