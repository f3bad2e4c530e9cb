import Elf
package import MachineModel

/// A function of a library by which control leaves calls that never return. Where it is called, it is told the address
/// where control will go on.
package struct NonlocalExit: Sendable, Equatable {
  package enum Kind: Sendable {
    /// `_Unwind_SetIP(context, address)`: a personality routine has found a landing pad for an exception, of whatever
    /// language (Itanium C++ ABI, "Exception Handling", §1.5.1).
    case landingPad
    /// longjmp(3): its buffer holds the address.
    case jump
  }
  package let kind: Kind
  package let address: VirtualAddress

  /// Where control will go on, as far as can be told from a thread that has just called the function.
  /// `isCode` tells a likely address from others.
  package func target(
    _ registers: RegisterFile, memory: any MemoryReader, isCode: (VirtualAddress) -> Bool
  ) -> VirtualAddress? {
    switch kind {
    case .landingPad: return VirtualAddress(registers[.rsi])
    case .jump:
      // The eighth word of x86-64's `jmp_buf`. glibc disguises it: turned left by 17 bits after an exclusive or with
      // the thread's own key, 48 bytes into the block at fs (PTR_MANGLE; `pointer_guard` of `tcbhead_t`).
      guard let stored = try? memory.unsigned(VirtualAddress(registers[.rdi]) + 56 as VirtualAddress, size: 8),
        let key = try? memory.unsigned(VirtualAddress(registers[.fsBase]) + 48 as VirtualAddress, size: 8)
      else { return nil }
      let plain = VirtualAddress((stored >> 17 | stored << 47) ^ key)
      return [plain, VirtualAddress(stored)].first(where: isCode)
    }
  }
}

extension ProgramSymbols {
  private static let jumps = ["longjmp", "_longjmp", "siglongjmp", "__libc_siglongjmp", "__longjmp_chk"]

  /// The functions of that kind in the images of now. Looks up a few symbols of the C library and of the unwinder, in the
  /// program itself where those were linked into it.
  package var nonlocalExits: [NonlocalExit] {
    let libraries = loadedImages.filter { image in
      let name = image.mapping.name.split(separator: "/").last ?? ""
      return ["libc.", "libc-", "ld-musl", "libgcc_s", "libunwind"].contains { name.hasPrefix($0) }
    }
    let images = libraries.isEmpty ? Array(loadedImages.prefix(1)) : libraries
    var found: [NonlocalExit] = []
    func add(_ kind: NonlocalExit.Kind, _ names: [String]) {
      for image in images {
        for symbol in names.flatMap({ image.symbols.symbols(named: $0) }) where symbol.isCode {
          let exit = NonlocalExit(kind: kind, address: image.virtualAddress(symbol.address))
          if !found.contains(where: { $0.address == exit.address }) { found.append(exit) }
        }
      }
    }
    add(.landingPad, ["_Unwind_SetIP"])
    add(.jump, Self.jumps)
    return found
  }
}
