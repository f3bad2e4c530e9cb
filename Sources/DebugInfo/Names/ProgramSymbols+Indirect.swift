import Elf
package import MachineModel

/// Functions that others choose at run time (STT_GNU_IFUNC): `memcpy` is one of several, by the processor.
extension ProgramSymbols {
  /// Where to stop for the function that an indirect symbol of that name stands for by now, past its prologue: what the
  /// linker has put into the slots that calls of it go through. Empty where nobody has called the resolver yet.
  package func locations(ofIndirectFunction name: String, memory: any MemoryReader) -> [CodeLocation] {
    let resolvers = loadedImages.flatMap { image in
      image.symbols.symbols(named: name).filter { $0.kind == .indirectFunction }.map { (image, $0.address) }
    }
    guard !resolvers.isEmpty else { return [] }
    var targets: Set<VirtualAddress> = []
    for image in loadedImages {
      let own = resolvers.filter { $0.0 === image }.map(\.1)
      for slot in image.symbols.slots(of: name, resolvers: own) {
        guard let value = try? memory.integer(image.virtualAddress(slot), as: UInt64.self) else { continue }
        let target = VirtualAddress(value)
        guard let symbol = symbol(at: target), symbol.address == target, symbol.isFunction, !symbol.isIndirect,
          !symbol.name.hasSuffix("@plt")
        else { continue }
        targets.insert(target)
      }
    }
    return targets.sorted().map { location(at: afterPrologue(ofFunctionAt: $0)) }
  }

  /// True where all that a name stands for are indirect functions.
  package func isIndirectFunction(_ name: String) -> Bool {
    let found = loadedImages.flatMap { $0.symbols.symbols(named: name) }
    return !found.isEmpty && found.allSatisfy { $0.kind == .indirectFunction }
  }
}
