import DebugInfo
import MachineModel

/// Containers that are searched by a key.
extension CppFormatters {
  static let maps: [String: Formatter] = [:]
}
