/// Who waits for whom. Pure: nodes are numbers.
package struct WaitGraph<Reason: Sendable>: Sendable {
  package struct Edge: Sendable {
    package let waiter: Int
    package let holder: Int
    package let reason: Reason
  }
  private var edges: [Int: [Edge]] = [:]

  package init() {}

  /// `waiter` does not go on before `holder` does something.
  package mutating func add(waiter: Int, holder: Int, reason: Reason) {
    edges[waiter, default: []].append(Edge(waiter: waiter, holder: holder, reason: reason))
  }

  /// Circles of threads none of which can go on: a shortest one through each thread that is in one, each once,
  /// beginning with its lowest number. Quadratic in the number of threads that wait.
  package func cycles() -> [[Edge]] {
    var found: [[Edge]] = []
    var seen: Set<Set<Int>> = []
    for start in edges.keys.sorted() {
      guard let cycle = shortestCycle(through: start), seen.insert(Set(cycle.map(\.waiter))).inserted else { continue }
      let first = cycle.indices.min { cycle[$0].waiter < cycle[$1].waiter } ?? 0
      found.append(Array(cycle[first...] + cycle[..<first]))
    }
    return found
  }

  /// Breadth first.
  private func shortestCycle(through start: Int) -> [Edge]? {
    var arrivals: [Int: Edge] = [:]
    var queue = [start]
    var next = 0
    while next < queue.count {
      let node = queue[next]
      next += 1
      for edge in edges[node] ?? [] where arrivals[edge.holder] == nil {
        arrivals[edge.holder] = edge
        if edge.holder == start { return path(to: start, arrivals) }
        queue.append(edge.holder)
      }
    }
    return nil
  }

  private func path(to start: Int, _ arrivals: [Int: Edge]) -> [Edge] {
    var path: [Edge] = []
    var node = start
    while let edge = arrivals[node] {
      path.append(edge)
      node = edge.waiter
      if node == start { break }
    }
    return path.reversed()
  }
}
