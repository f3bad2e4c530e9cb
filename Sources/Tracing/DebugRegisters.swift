import MachineModel

/// A setting of a thread's debug registers (Intel SDM volume 3, §18.2): four slots, each of which watches 1, 2, 4 or 8 bytes at an
/// address that is a multiple of as many.
struct DebugRegisters: Equatable, Sendable {
  /// Slots by their numbers.
  struct SlotSet: OptionSet, Sendable { let rawValue: UInt8 }

  struct Slot: Hashable, Sendable {
    /// What the R/W bits of DR7 say.
    enum Condition: UInt64 {
      case execution = 0b00
      case write = 0b01
      case readOrWrite = 0b11
    }
    let address: VirtualAddress
    let length: UInt64
    let condition: Condition

    var range: Range<VirtualAddress> { address..<address + length }

    /// What the LEN bits of DR7 say.
    fileprivate var lengthBits: UInt64 {
      switch length {
      case 8: 0b10
      case 4: 0b11
      case 2: 0b01
      default: 0b00
      }
    }
  }

  static let slotCount = 4
  /// The numbers of the registers that tell what happened, and that switch the slots on.
  static let (status, control) = (6, 7)

  /// At most four; those that several watches need are there once.
  private(set) var slots: [Slot] = []

  /// Nothing is watched.
  init() {}

  /// nil where four slots are too few.
  init?(watching watches: [HardwareWatch]) {
    for watch in watches {
      for slot in Self.slots(of: watch) where !slots.contains(slot) {
        guard slots.count < Self.slotCount else { return nil }
        slots.append(slot)
      }
    }
  }

  /// The slots that a watch takes: its ranges, cut where they have to be.
  static func slots(of watch: HardwareWatch) -> [Slot] {
    let condition: Slot.Condition =
      switch watch.access {
      case .execute: .execution
      case .write: .write
      case .read, .readOrWrite: .readOrWrite
      }
    if condition == .execution {
      return watch.ranges.map { Slot(address: $0.lowerBound, length: 1, condition: condition) }
    }
    return watch.ranges.flatMap { pieces(of: $0, condition) }
  }

  /// The fewest that cover a range and nothing else. Of a range that is far too long, no more than show that.
  private static func pieces(of range: Range<VirtualAddress>, _ condition: Slot.Condition) -> [Slot] {
    var pieces: [Slot] = []
    var address = range.lowerBound
    while address < range.upperBound, pieces.count <= slotCount {
      let left: UInt64 = range.upperBound - address
      let lengths: [UInt64] = [8, 4, 2, 1]
      let length = lengths.first { $0 <= left && address.rawValue % $0 == 0 } ?? 1
      pieces.append(Slot(address: address, length: length, condition: condition))
      address = address + length
    }
    return pieces
  }

  /// DR7: the local enable bit of each slot, and its condition and length.
  var controlBits: UInt64 {
    slots.enumerated().reduce(0) { bits, slot in
      let fields = slot.element.condition.rawValue | slot.element.lengthBits << 2
      return bits | 1 << UInt64(2 * slot.offset) | fields << UInt64(16 + 4 * slot.offset)
    }
  }

  /// The slots that a value of DR6 tells of.
  func slots(hitBy status: UInt64) -> SlotSet {
    SlotSet(rawValue: UInt8(status & 0xF)).intersection(SlotSet(rawValue: 1 << UInt8(slots.count) - 1))
  }

  /// Which slots have these settings.
  func slots(with settings: [Slot]) -> SlotSet {
    slots.indices.reduce(into: []) { if settings.contains(slots[$1]) { $0.insert(SlotSet(rawValue: 1 << UInt8($1))) } }
  }

  func settings(of set: SlotSet) -> [Slot] {
    slots.indices.filter { set.contains(SlotSet(rawValue: 1 << UInt8($0))) }.map { slots[$0] }
  }

  /// Where the instruction is that one of these slots waits for; nil where none waits for one.
  func code(in set: SlotSet) -> VirtualAddress? {
    for (number, slot) in slots.enumerated()
    where slot.condition == .execution && set.contains(SlotSet(rawValue: 1 << UInt8(number))) {
      return slot.address
    }
    return nil
  }
}
