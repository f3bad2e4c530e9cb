package import MachineModel

/// A row of `info breakpoints`.
package struct BreakpointSnapshot: Sendable, Encodable, Equatable {
  /// One of the places that it has resolved to.
  package struct Location: Sendable, Encodable, Equatable {
    package let address: VirtualAddress
    package let file: String?
    package let line: Int?
    package let function: String?
    /// `file` as text shows it: as its compiler was given it. nil: `file` itself. Not part of JSON.
    package var sourceName: String?
    /// The function with its parameters, where its language has overloads. nil: `function` itself. Not part of JSON.
    package var signature: String?
    package init(address: VirtualAddress, file: String?, line: Int?, function: String?) {
      self.address = address
      self.file = file
      self.line = line
      self.function = function
    }
    private enum CodingKeys: String, CodingKey { case address, file, line, function }
    package func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(address, forKey: .address)
      try container.encode(file, forKey: .file)
      try container.encode(line, forKey: .line)
      try container.encode(function, forKey: .function)
    }
  }
  package let id: Int
  package let kind: BreakpointKind
  /// Of a catchpoint.
  package let event: CatchEvent?
  package let enabled: Bool
  package let hits: Int
  package let condition: String?
  /// Empty while the breakpoint is pending, and for what is no place in the code.
  package internal(set) var locations: [Location]
  /// What the user wrote; of a watchpoint, its expression.
  package let specification: String
  package let isTemporary: Bool
  /// Hits that are still to be passed over.
  package let ignoreCount: Int
  /// The number of the one thread that it stops; nil: any.
  package let thread: Int?
  /// What is done at each of its stops.
  package let commands: [String]
  /// What it prints instead of stopping, as a command.
  package let log: String?
  /// What it does instead of stopping. Not part of JSON: its type says it.
  package let probe: Probe?
  /// Of one that measures.
  package let times: CallTimes?

  package init(
    id: Int, enabled: Bool, hits: Int, condition: String?, locations: [Location],
    kind: BreakpointKind = .breakpoint, event: CatchEvent? = nil, specification: String, isTemporary: Bool,
    ignoreCount: Int,
    thread: Int? = nil, commands: [String] = [], log: String? = nil,
    probe: Probe? = nil, times: CallTimes? = nil
  ) {
    self.id = id
    self.kind = kind
    self.event = event
    self.enabled = enabled
    self.hits = hits
    self.condition = condition
    self.locations = locations
    self.specification = specification
    self.isTemporary = isTemporary
    self.ignoreCount = ignoreCount
    self.thread = thread
    self.commands = commands
    self.log = log
    self.probe = probe
    self.times = times
  }

  /// Its place in the code is not known so far.
  package var isPending: Bool {
    switch kind {
    case .breakpoint, .dprintf, .hardwareBreakpoint, .trace, .time, .count: locations.isEmpty
    default: false
    }
  }

  private enum CodingKeys: String, CodingKey {
    case type, id, enabled, hits, condition, locations, specification, temporary, ignore, thread, commands, log, times
  }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(id, forKey: .id)
    try container.encode(kind, forKey: .type)
    try container.encode(enabled, forKey: .enabled)
    try container.encode(hits, forKey: .hits)
    try container.encode(condition, forKey: .condition)
    try container.encode(locations, forKey: .locations)
    try container.encode(specification, forKey: .specification)
    try container.encode(isTemporary, forKey: .temporary)
    try container.encode(ignoreCount, forKey: .ignore)
    try container.encodeIfPresent(thread, forKey: .thread)
    try container.encodeIfPresent(log, forKey: .log)
    try container.encodeIfPresent(times.map(TimesObject.init), forKey: .times)
    if !commands.isEmpty { try container.encode(commands, forKey: .commands) }
  }
}

/// Nanoseconds.
private struct TimesObject: Encodable {
  struct Row: Encodable {
    let from: UInt64
    let count: Int
  }
  let count: Int
  let total, mean, shortest, longest: UInt64
  /// Powers of two with calls that took so long, and less than twice that.
  let histogram: [Row]

  init(_ times: CallTimes) {
    count = times.count
    total = times.total
    mean = times.mean
    shortest = times.least
    longest = times.most
    histogram = times.histogram.enumerated().filter { $0.element > 0 }
      .map { Row(from: 1 << UInt64($0.offset), count: $0.element) }
  }
}
