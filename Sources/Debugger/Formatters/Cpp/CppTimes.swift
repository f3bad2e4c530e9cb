import DebugInfo
import MachineModel

/// `std::chrono`, for trees: gdb has no printers for it.
enum CppTimes {
  /// `1500ms`, `2[1/3]s`: as ISO C++ [time.duration.io] writes it.
  static func duration(_ subject: FormatSubject) -> SyntheticView? {
    guard let ticks = subject.value.field(anyOf: ["__r", "__rep_"]), let period = period(of: subject.type) else {
      return nil
    }
    return SyntheticView(summary: [.value(ticks), .text(suffix(period))], audience: .trees)
  }

  /// A date and time of the system's clock, in UTC; of another clock, what has passed since it began.
  static func timePoint(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let duration = subject.value.field(anyOf: ["__d", "__d_"]),
      let ticks = duration.field(anyOf: ["__r", "__rep_"]), let period = period(of: duration.type.stripped)
    else { return nil }
    let isSystem = subject.argument(0).flatMap { TypeFamily($0.stripped) }?.name.hasSuffix("system_clock") ?? false
    guard isSystem, ticks.type.stripped.isIntegral else {
      return SyntheticView(summary: [.value(ticks), .text(suffix(period))], audience: .trees)
    }
    return SyntheticView(date(try ticks.integer().signed, period), audience: .trees)
  }

  /// Seconds that a tick has, as a fraction.
  struct Period { let numerator: Int64, denominator: Int64 }

  private static func period(of duration: DataType) -> Period? {
    let arguments = duration.templateArguments
    guard arguments.count > 1, let ratio = arguments[1].type?.stripped else { return nil }
    let values = ratio.templateArguments.compactMap(\.value)
    let parts = values.count == 2 ? values : numbers(in: ratio.name ?? "")
    guard parts.count == 2, parts[0] > 0, parts[1] > 0 else { return nil }
    return Period(numerator: parts[0], denominator: parts[1])
  }

  /// The arguments in `std::ratio<1l, 1000l>`: clang declares a class that nobody needs whole by its name alone.
  private static func numbers(in name: String) -> [Int64] {
    guard let start = name.firstIndex(of: "<"), let end = name.lastIndex(of: ">"), start < end else { return [] }
    return name[name.index(after: start)..<end].split(separator: ",").compactMap { part in
      Int64(part.drop { $0 == " " }.prefix { $0.isNumber || $0 == "-" })
    }
  }

  static func suffix(_ period: Period) -> String {
    switch (period.numerator, period.denominator) {
    case (1, 1): "s"
    case (1, 1000): "ms"
    case (1, 1_000_000): "µs"
    case (1, 1_000_000_000): "ns"
    case (60, 1): "min"
    case (3600, 1): "h"
    case (86400, 1): "d"
    case (let numerator, 1): "[\(numerator)]s"
    case (let numerator, let denominator): "[\(numerator)/\(denominator)]s"
    }
  }

  /// `2001-09-09 01:46:40.25 UTC`.
  static func date(_ ticks: Int128, _ period: Period) -> String {
    let numerator = Int128(period.numerator)
    let denominator = Int128(period.denominator)
    let (scaled, overflow) = ticks.multipliedReportingOverflow(by: numerator)
    guard !overflow else { return "\(ticks)" + suffix(period) }
    let seconds = floored(scaled, by: denominator)
    let days = floored(seconds, by: 86400)
    // Years beyond these are no dates.
    guard abs(days) < 100_000_000 else { return "\(ticks)" + suffix(period) }
    let (year, month, day) = civil(Int64(days))
    let second = Int(seconds - days * 86400)
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var text = "\(year)-\(two(month))-\(two(day)) \(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
    let fraction = scaled - seconds * denominator
    if fraction > 0, denominator <= 1_000_000_000 {
      let digits = String(fraction * 1_000_000_000 / denominator)
      let padded = String(repeating: "0", count: max(0, 9 - digits.count)) + digits
      text += "." + String(padded.reversed().drop { $0 == "0" }.reversed())
    }
    return text + " UTC"
  }

  private static func floored(_ value: Int128, by divisor: Int128) -> Int128 {
    value / divisor - (value % divisor < 0 ? 1 : 0)
  }

  /// The proleptic Gregorian calendar's date, by days since 1970-01-01: counted from a March 1, so that the leap day
  /// comes last in its year.
  private static func civil(_ days: Int64) -> (year: Int64, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = Int(dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    let month = Int(monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9)
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}
