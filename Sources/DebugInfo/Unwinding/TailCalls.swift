import CDw
package import MachineModel

/// Calls that left no return address: a function that ends in a jump to another (DWARF 5 §3.4).
extension ProgramSymbols {
  /// The functions between a frame and the one that it returns to, which called on by jumping: for each the address
  /// behind its jump, innermost first. Where several chains of such jumps lead there, only what all of them begin or
  /// end with. Empty for an ordinary call, and where any jump's target on the way is unknown.
  /// Costs a walk of the entries of the functions on the way.
  package func tailCalls(from caller: FrameRegisters, to callee: FrameRegisters) -> [VirtualAddress] {
    guard !caller.isInterrupted, let callee = functionEntry(at: callee.lookupAddress),
      let site = callSite(returningTo: caller.programCounter), let first = target(of: site), first != callee
    else { return [] }
    var search = TailCallSearch(symbols: self, callee: callee)
    search.visit(first)
    return search.common
  }

  /// True where a chain of jumps may lead from a function back to its own entry, so that what its caller passed says
  /// nothing of its latest entry.
  func mayTailCallItself(_ entry: VirtualAddress) -> Bool {
    guard let image = loadedImage(at: entry) else { return false }
    let key = image.imageAddress(entry).rawValue
    if let known = image.facts.selfTailCalls[key] { return known }
    let isPossible = leadsBack(to: entry)
    return image.facts.selfTailCalls.keep(isPossible, for: key)
  }

  private func leadsBack(to entry: VirtualAddress) -> Bool {
    var seen: Set<VirtualAddress> = []
    var pending = [entry]
    while let function = pending.popLast(), seen.count < TailCallSearch.mostVisits {
      for site in tailCallSites(ofFunctionAt: function) {
        // A jump to who knows where doesn't count as one to itself.
        guard let target = target(of: site.entry) else { continue }
        if target == entry { return true }
        if seen.insert(target).inserted { pending.append(target) }
      }
    }
    return false
  }

  private func functionEntry(at address: VirtualAddress) -> VirtualAddress? {
    scopes(at: address).last?.ranges.first?.lowerBound
  }

  private func callSite(returningTo address: VirtualAddress) -> DIE? {
    guard let image = loadedImage(at: address - 1), let place = CodePlace(image, image.imageAddress(address - 1)),
      let function = place.unit.function(at: place.address)
    else { return nil }
    return callSite(returningTo: image.imageAddress(address).rawValue, in: function)
  }

  /// The function that a site calls, where that needs no look at registers.
  private func target(of site: DIE) -> VirtualAddress? {
    guard let callee = site.reference(DW_AT_call_origin) ?? site.reference(DW_AT_abstract_origin),
      let image = loadedImage(site.file.image)
    else { return nil }
    if let entry = callee.entryPC { return image.virtualAddress(ImageAddress(entry)) }
    // Declared here only: the linker knows it.
    return (callee.linkageName ?? callee.name).flatMap { symbols(linkedAs: $0).first(where: \.isFunction)?.address }
  }

  /// The jumps by which a function calls on, with the addresses behind them; none where its entry doesn't promise
  /// to name them all.
  fileprivate func tailCallSites(ofFunctionAt entry: VirtualAddress) -> [(entry: DIE, returnAddress: VirtualAddress)] {
    guard let image = loadedImage(at: entry), let place = CodePlace(image, image.imageAddress(entry)),
      let function = place.unit.function(at: place.address),
      Self.promisesOfTailCalls.contains(where: { function.flag($0) })
    else { return [] }
    return callSites(in: function).compactMap { site in
      guard site.flag(DW_AT_call_tail_call) || site.flag(DW_AT_GNU_tail_call) else { return nil }
      return site.returnAddress.map { (site, image.virtualAddress(ImageAddress($0))) }
    }
  }

  private static let promisesOfTailCalls = [
    DW_AT_call_all_calls, DW_AT_call_all_source_calls, DW_AT_call_all_tail_calls, DW_AT_GNU_all_call_sites,
    DW_AT_GNU_all_source_call_sites, DW_AT_GNU_all_tail_call_sites,
  ]

  fileprivate func jumps(ofFunctionAt entry: VirtualAddress) -> [(target: VirtualAddress?, behind: VirtualAddress)] {
    tailCallSites(ofFunctionAt: entry).map { (target(of: $0.entry), $0.returnAddress) }
  }
}

/// Looks for all chains of jumps from one function to another.
private struct TailCallSearch {
  /// Programs may jump on in so many ways that following all of them would not end in this life.
  static let mostVisits = 2000

  let symbols: ProgramSymbols
  let callee: VirtualAddress
  private var chain: [VirtualAddress] = []
  private var visits = 0
  private var failed = false
  /// What all chains found so far begin with, and end with; a single one is both.
  private var heads: [VirtualAddress]?
  private var tails: [VirtualAddress] = []
  private var isSingle = true

  init(symbols: ProgramSymbols, callee: VirtualAddress) {
    self.symbols = symbols
    self.callee = callee
  }

  /// Innermost first.
  var common: [VirtualAddress] {
    guard !failed, let heads else { return [] }
    return (isSingle ? heads : heads + tails).reversed()
  }

  mutating func visit(_ function: VirtualAddress) {
    for jump in symbols.jumps(ofFunctionAt: function) where !failed && !chain.contains(jump.behind) {
      visits += 1
      guard let target = jump.target, visits < Self.mostVisits else {
        failed = true
        return
      }
      chain.append(jump.behind)
      if target == callee { found() } else { visit(target) }
      chain.removeLast()
    }
  }

  private mutating func found() {
    guard let known = heads else {
      heads = chain
      tails = chain
      return
    }
    isSingle = false
    heads = zip(known, chain).prefix { $0 == $1 }.map(\.0)
    tails = zip(tails.reversed(), chain.reversed()).prefix { $0 == $1 }.map(\.0).reversed()
  }
}
