import MachineModel

/// The dynamic linker's list of what it has loaded: `struct r_debug` and `struct link_map` of `<link.h>`
/// (System V ABI, chapter 5; glibc appends a namespace list in version 2).
struct DynamicLinkerState {
  /// What `r_state` says: the list may be walked while it is consistent.
  let isConsistent: Bool
  /// In the list's order, the program itself first (with an empty name).
  let entries: [Entry]

  struct Entry: Equatable {
    /// `l_addr`: the image's bias.
    let bias: UInt64
    let name: String
    /// `l_ld`: the dynamic section.
    let dynamic: VirtualAddress
  }

  /// Byte offsets in `struct r_debug` and in `struct link_map`, of `<link.h>` for 64-bit programs.
  private enum Offset {
    static let map: UInt64 = 8
    static let state: UInt64 = 24
    static let nextNamespace: UInt64 = 40
    static let name: UInt64 = 8
    static let dynamicSection: UInt64 = 16
    static let nextMap: UInt64 = 24
  }

  /// More than any program has; a damaged list may be a ring.
  private static let mostEntries = 10_000
  private static let longestName = 4096

  /// - Parameter debug: where `struct r_debug` is (DT_DEBUG's value); nil where it can't be read yet.
  init?(at debug: VirtualAddress, in memory: any MemoryReader) {
    guard let version = try? memory.integer(debug, as: Int32.self), version > 0 else { return nil }
    var entries: [Entry] = []
    var seen: Set<VirtualAddress> = []
    var consistent = true
    var namespace: VirtualAddress? = debug
    while let current = namespace, seen.insert(current).inserted, entries.count < Self.mostEntries {
      consistent = consistent && (try? memory.integer(current + Offset.state as VirtualAddress, as: Int32.self)) == 0
      var map = (try? memory.unsigned(current + Offset.map as VirtualAddress, size: 8)).map(VirtualAddress.init)
      while let link = map, link.rawValue != 0, seen.insert(link).inserted, entries.count < Self.mostEntries {
        guard let entry = Self.entry(at: link, in: memory) else { break }
        entries.append(entry.entry)
        map = entry.next
      }
      let next = version >= 2 ? try? memory.unsigned(current + Offset.nextNamespace as VirtualAddress, size: 8) : nil
      namespace = next.flatMap { $0 == 0 ? nil : VirtualAddress($0) }
    }
    isConsistent = consistent
    self.entries = entries
  }

  private static func entry(at link: VirtualAddress, in memory: any MemoryReader) -> (
    entry: Entry, next: VirtualAddress
  )? {
    guard let bias = try? memory.unsigned(link, size: 8),
      let name = try? memory.unsigned(link + Offset.name, size: 8),
      let dynamic = try? memory.unsigned(link + Offset.dynamicSection, size: 8),
      let next = try? memory.unsigned(link + Offset.nextMap, size: 8)
    else { return nil }
    let text = memory.string(VirtualAddress(name), limit: longestName)
    let entry = Entry(
      bias: bias, name: String(decoding: text.bytes, as: UTF8.self), dynamic: VirtualAddress(dynamic))
    return (entry, VirtualAddress(next))
  }
}
