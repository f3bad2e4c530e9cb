import DebugInfo

/// Types as Fortran has them, in gdb's words.
extension TypePrinter {
  /// `integer(kind=4), allocatable (2,0:1)`, `character*5`, `PTR TO -> ( Type point )`; nil for those whose names do.
  func fortranName(_ type: DataType, depth: Int) -> String? {
    guard depth < Self.depthLimit else { return "..." }
    func name(_ target: DataType?) -> String {
      let target = target ?? .void
      return fortranName(target, depth: depth + 1) ?? baseName(target)
    }
    switch type.kind {
    case .array where type.layout.isString: return "character*" + (type.arrayCount.map(String.init) ?? "(*)")
    case .array:
      let (element, dimensions) = fortranDimensions(of: type)
      return name(element) + (type.layout.isAllocatable ? ", allocatable" : "") + " " + dimensions
    case .pointer: return "PTR TO -> ( \(name(type.target)) )"
    case .reference, .rvalueReference: return "REF TO -> ( \(name(type.target)) )"
    case .const, .volatile, .restrict: return name(type.target)
    case .aggregate: return "Type " + unqualified(type.name)
    case .base(.unsignedCharacter) where type.name == "character": return "character*1"
    case .function(let isVariadic):
      let parameters = parameterList(type.parameters[...], isVariadic: isVariadic, depth: depth)
      return name(type.target) + " (" + parameters + ")"
    default: return nil
    }
  }

  /// What `ptype` spells out.
  func fortranBody(_ type: DataType) -> String {
    let dimensions = type.isArray && !type.layout.isString ? fortranDimensions(of: type) : nil
    let base = dimensions?.element ?? type
    guard base.isAggregate else { return fortranName(type, depth: 0) ?? baseName(type) }
    let name = unqualified(base.name)
    let lines = base.members.prefix(Self.memberLimit).map { "    " + fortranMember($0) + "\n" }.joined()
    return "Type \(name)\n\(lines)End Type \(name)" + (type.layout.isAllocatable ? ", allocatable" : "")
      + (dimensions.map { " " + $0.text } ?? "")
  }

  /// `integer(kind=4), allocatable :: values(:)`.
  private func fortranMember(_ member: DataType.Member) -> String {
    let type = member.type
    let name = member.name ?? ""
    if type.kind == .pointer || type.kind == .reference, let target = type.target {
      let member = DataType.Member(name: name, type: target, offset: 0)
      return (type.kind == .pointer ? "PTR" : "REF") + " TO -> ( " + fortranMember(member) + " )"
    }
    guard type.isArray, !type.layout.isString else {
      return (fortranName(type, depth: 1) ?? baseName(type)) + " :: " + name
    }
    let (element, dimensions) = fortranDimensions(of: type)
    let base = fortranName(element, depth: 1) ?? baseName(element)
    return base + (type.layout.isAllocatable ? ", allocatable" : "") + " :: " + name + dimensions
  }

  /// The type of an array's elements, and `(2,0:1)`: the index that runs fastest first.
  private func fortranDimensions(of type: DataType) -> (element: DataType, text: String) {
    var element = type
    var dimensions: [String] = []
    while case .array(let count) = element.kind, !element.layout.isString, dimensions.count < Self.depthLimit {
      let lower = element.layout.lowerBound
      if let count, type.layout.absence == nil {
        let upper = lower &+ Int64(clamping: count) &- 1
        dimensions.append(lower == 1 ? String(upper) : "\(lower):\(upper)")
      } else {
        dimensions.append(":")
      }
      element = element.target ?? .void
    }
    return (element, "(" + dimensions.reversed().joined(separator: ",") + ")")
  }

  private func unqualified(_ name: String?) -> String {
    guard let name else { return "" }
    return DataType.scope(of: name).map { String(name.dropFirst($0.count + 2)) } ?? name
  }
}

extension DataType {
  /// nil where it is not known, or the type is no array.
  var arrayCount: UInt64? { if case .array(let count) = kind { count } else { nil } }
}
