package import Debugger

/// Stacks merged from their outermost frames on: a node a frame, with the threads that have it there.
package struct StackTree: Sendable, Encodable, Equatable {
  package struct Node: Sendable, Encodable, Equatable {
    /// Of one of the threads.
    package let frame: FrameSnapshot
    /// Their numbers, ascending.
    package private(set) var threads: [Int] = []
    /// What the frame has called; those of most threads come first.
    package private(set) var callees: [Node] = []

    init(_ frame: FrameSnapshot) { self.frame = frame }

    private enum CodingKeys: CodingKey { case function, file, line, module, count, threads, callees }
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(frame.function, forKey: .function)
      try container.encode(frame.file, forKey: .file)
      try container.encode(frame.line, forKey: .line)
      try container.encode(frame.module, forKey: .module)
      try container.encode(threads.count, forKey: .count)
      try container.encode(threads, forKey: .threads)
      try container.encode(callees, forKey: .callees)
    }

    /// Adds a stack below this frame: `frames` from the outermost on.
    fileprivate mutating func add(_ frames: some Collection<FrameSnapshot>, thread: Int) {
      threads.append(thread)
      StackTree.add(frames, thread: thread, to: &callees)
    }

    fileprivate mutating func sort() { StackTree.sort(&callees) }
  }

  package private(set) var roots: [Node] = []
  /// How many threads there are.
  package private(set) var count = 0

  /// - Parameter folded: leaves out what only the library has to say: the frames that start a thread, and those inside of a call to
  ///   the library. Linear in the number of frames.
  package init(_ stacks: [ThreadStack], folded: Bool = true) {
    for stack in stacks {
      let frames = folded ? Self.folded(stack) : stack.frames[...]
      Self.add(frames.reversed(), thread: stack.thread.id, to: &roots)
      count += 1
    }
    Self.sort(&roots)
  }

  /// From the library's function that the user's code has called to the outermost of the user's code; all where there
  /// is none.
  private static func folded(_ stack: ThreadStack) -> ArraySlice<FrameSnapshot> {
    let own = stack.ownFrames
    guard let innermost = own.first?.level, let outermost = own.last?.level, stack.frames.indices.contains(outermost)
    else { return stack.frames[...] }
    return stack.frames[max(0, innermost - 1)...outermost]
  }

  private static func add(_ frames: some Collection<FrameSnapshot>, thread: Int, to nodes: inout [Node]) {
    guard let frame = frames.first else { return }
    let index = nodes.firstIndex { isSame($0.frame, frame) } ?? nodes.endIndex
    if index == nodes.endIndex { nodes.append(Node(frame)) }
    nodes[index].add(frames.dropFirst(), thread: thread)
  }

  /// Lines tell frames apart, and addresses where there is none: two calls on one line are alike to a reader.
  private static func isSame(_ left: FrameSnapshot, _ right: FrameSnapshot) -> Bool {
    guard left.function == right.function, left.file == right.file, left.line == right.line else { return false }
    return left.function != nil || left.address == right.address
  }

  private static func sort(_ nodes: inout [Node]) {
    for index in nodes.indices { nodes[index].sort() }
    nodes.sort { ($1.threads.count, $0.threads.first ?? 0) < ($0.threads.count, $1.threads.first ?? 0) }
  }
}
