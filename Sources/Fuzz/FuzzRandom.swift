/// The same numbers for the same seed, on any machine (SplitMix64).
struct FuzzRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// That of one round of a campaign: rounds are independent of one another.
  init(campaign: UInt64, round: Int) {
    self.init(seed: campaign &* 0x2545_f491_4f6c_dd1d ^ UInt64(truncatingIfNeeded: round) &* 0xd6e8_feb8_6659_fd93)
    _ = next()
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// 0…`limit` - 1; 0 where there is no such number.
  mutating func below(_ limit: Int) -> Int { limit > 0 ? Int(next() % UInt64(limit)) : 0 }
  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }
  mutating func element<Element>(of list: [Element]) -> Element? { list.isEmpty ? nil : list[below(list.count)] }
  mutating func byte() -> UInt8 { UInt8(truncatingIfNeeded: next()) }
}
