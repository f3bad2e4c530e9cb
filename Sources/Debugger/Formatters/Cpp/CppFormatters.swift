/// Types of the C++ library by their families. Each formatter knows libstdc++'s layout and libc++'s, and says of both
/// what the printers that come with libstdc++ say in gdb.
enum CppFormatters {
  static let table: [String: Formatter] = strings.merging(sequences) { $1 }
    .merging(maps) { $1 }
}
