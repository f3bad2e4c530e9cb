import CDw
package import MachineModel

/// A function with code of its own, as expressions call it.
package struct CallableFunction {
  package let name: FunctionName
  package let entry: EntryID
  package let type: DataType
  package let address: VirtualAddress
}

/// Functions to call.
extension ProgramSymbols {
  /// The functions that a (partly) qualified name means, each once; those of `near`'s unit come first. `file` limits
  /// them to those declared in that source file.
  package func functions(named name: String, inFile file: String? = nil, near address: VirtualAddress?)
    -> [CallableFunction]
  {
    let named = entries(.function, named: name, near: address)
    return callable(named.isEmpty ? entries(.linkage, named: name, near: address) : named, inFile: file)
  }

  /// The function that the linker knows by that name.
  package func function(linkageName: String) -> CallableFunction? {
    callable(entries(.linkage, named: linkageName, near: nil), inFile: nil).first
  }

  private func callable(_ entries: [DIE], inFile file: String?) -> [CallableFunction] {
    var seen: Set<VirtualAddress> = []
    return entries.compactMap { entry in
      guard entry.tag == DW_TAG_subprogram, let image = loadedImage(entry.file.image),
        // The linker leaves dropped functions at address 0.
        let start = entry.ranges.first?.lowerBound, start != 0
      else { return nil }
      if let file, !pathMatches(image.declaringFile(of: entry), file) { return nil }
      let address = image.virtualAddress(ImageAddress(start))
      guard seen.insert(address).inserted else { return nil }
      return CallableFunction(name: entry.functionName, entry: entry.id, type: types.type(entry), address: address)
    }
  }
}
