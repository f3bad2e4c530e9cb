import DebugInfo
import MachineModel

/// Iterators, by what they stand at.
extension CppFormatters {
  static let iterators: [String: Formatter] = [
    "__gnu_cxx::__normal_iterator": { subject throws(Unavailability) in
      try pointing(subject, "_M_current", "std::vector")
    },
    "std::__wrap_iter": { subject throws(Unavailability) in try pointing(subject, "__i_", "std::vector") },
    "std::_Deque_iterator": { subject throws(Unavailability) in try pointing(subject, "_M_cur", "std::deque") },
    "std::__deque_iterator": { subject throws(Unavailability) in try pointing(subject, "__ptr_", "std::deque") },
    "std::_Bit_iterator": { subject throws(Unavailability) in try bit(subject, at: "_M_offset") },
    "std::_Bit_const_iterator": { subject throws(Unavailability) in try bit(subject, at: "_M_offset") },
    "std::__bit_iterator": { subject throws(Unavailability) in try bit(subject, at: "__ctz_") },
    "std::_Bit_reference": { subject throws(Unavailability) in try bit(subject, mask: "_M_mask") },
    "std::__bit_reference": { subject throws(Unavailability) in try bit(subject, mask: "__mask_") },
    "std::_List_iterator": { subject throws(Unavailability) in try listNode(subject) },
    "std::_List_const_iterator": { subject throws(Unavailability) in try listNode(subject) },
    "std::__list_iterator": { subject throws(Unavailability) in try listNode(subject) },
    "std::__list_const_iterator": { subject throws(Unavailability) in try listNode(subject) },
    "std::_Fwd_list_iterator": { subject throws(Unavailability) in try forwardListNode(subject) },
    "std::_Fwd_list_const_iterator": { subject throws(Unavailability) in try forwardListNode(subject) },
    "__gnu_cxx::_Slist_iterator": { subject throws(Unavailability) in try forwardListNode(subject) },
    "std::__forward_list_iterator": { subject throws(Unavailability) in try forwardListNode(subject) },
    "std::__forward_list_const_iterator": { subject throws(Unavailability) in try forwardListNode(subject) },
    "std::_Rb_tree_iterator": { subject throws(Unavailability) in try treeNode(subject) },
    "std::_Rb_tree_const_iterator": { subject throws(Unavailability) in try treeNode(subject) },
    "std::__tree_iterator": { subject throws(Unavailability) in try treeNode(subject) },
    "std::__tree_const_iterator": { subject throws(Unavailability) in try treeNode(subject) },
    "std::__map_iterator": { subject throws(Unavailability) in inner(subject) },
    "std::__map_const_iterator": { subject throws(Unavailability) in inner(subject) },
    "__gnu_debug::_Safe_iterator": { subject throws(Unavailability) in try checkedIterator(subject) },
    "std::__detail::_Node_iterator": { subject throws(Unavailability) in try hashNode(subject) },
    "std::__detail::_Node_const_iterator": { subject throws(Unavailability) in try hashNode(subject) },
    "std::__hash_iterator": { subject throws(Unavailability) in try libcxxHashNode(subject) },
    "std::__hash_const_iterator": { subject throws(Unavailability) in try libcxxHashNode(subject) },
    "std::__hash_map_iterator": { subject throws(Unavailability) in inner(subject) },
    "std::__hash_map_const_iterator": { subject throws(Unavailability) in inner(subject) },
  ]

  private static func nowhere(_ container: String) -> SyntheticView {
    SyntheticView("non-dereferenceable iterator for \(container)")
  }

  private static func pointing(
    _ subject: FormatSubject, _ member: String, _ container: String
  ) throws(Unavailability) -> SyntheticView? {
    guard let pointer = subject.value.field(anyOf: [member, "__i"]), let type = pointer.type.stripped.target else {
      return nil
    }
    let address = try pointer.pointed()
    guard !address.isNull else { return nowhere(container) }
    return SyntheticView(summary: [.value(subject.value.object(type, at: address))])
  }

  // MARK: Bits

  private static func bit(_ subject: FormatSubject, at offset: String) throws(Unavailability) -> SyntheticView? {
    try bit(
      subject, mask: 1 << (try subject.value.unsigned(offset) % 64),
      "non-dereferenceable iterator for std::vector<bool>")
  }
  private static func bit(_ subject: FormatSubject, mask: String) throws(Unavailability) -> SyntheticView? {
    try bit(subject, mask: try subject.value.unsigned(mask), "invalid std::vector<bool>::reference")
  }
  private static func bit(
    _ subject: FormatSubject, mask: UInt64, _ nowhere: String
  ) throws(Unavailability) -> SyntheticView? {
    guard let word = try subject.value.field(anyOf: ["_M_p", "__seg_"])?.pointed() else { return nil }
    guard !word.isNull else { return SyntheticView(nowhere) }
    let isSet = try subject.memory.word(at: word) & mask != 0
    return SyntheticView(summary: [.value(Value(type: .bool, integer: isSet ? 1 : 0, source: subject.source))])
  }

  // MARK: Nodes

  private static func node(
    _ subject: FormatSubject, _ container: String, _ type: DataType?, offset: (DataType) -> UInt64
  ) throws(Unavailability) -> SyntheticView? {
    guard let node = try subject.value.field(anyOf: ["_M_node", "_M_cur", "__ptr_", "__node_"])?.pointed(), let type
    else { return nil }
    guard !node.isNull else { return nowhere(container) }
    let payload = subject.value.object(type, at: node.offset(by: offset(type)))
    // libc++ wraps the pairs of its maps.
    return SyntheticView(summary: [.value(payload.field(anyOf: ["__cc_", "__cc"]) ?? payload)])
  }

  private static func listNode(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    // GCC does not record this template's arguments, but what they make.
    let typedefs = subject.type.typedefs
    let element =
      subject.argument(0) ?? typedefs.first { ["pointer", "reference"].contains($0.name) }?.type.stripped.target
      ?? typedefs.first { $0.name == "_Node" }?.type.stripped.templateArguments.first?.type
    return try node(subject, "std::list", element, offset: listElement)
  }
  private static func forwardListNode(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    // libc++'s is a template over the pointer to a node, which is one over the element.
    let argument = subject.argument(0)?.stripped
    let type = argument?.kind == .pointer ? argument?.target?.stripped.templateArguments.first?.type : argument
    return try node(subject, "std::forward_list", type, offset: forwardListElement)
  }
  private static func treeNode(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let end = subject.value.member(named: "_M_node") == nil ? TreeNode.libcxx.end : TreeNode.libstdcxx.end
    return try node(subject, "associative container", subject.argument(0)) { end.aligned(to: $0.alignment) }
  }
  /// gdb has no printer for these.
  private static func hashNode(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let view = try node(subject, "unordered container", subject.argument(0)) { UInt64(8).aligned(to: $0.alignment) }
    return view.map { SyntheticView(summary: $0.summary, audience: .trees) }
  }

  /// A template over the pointer to a node: the next node, the hash, the element.
  private static func libcxxHashNode(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    let element = subject.argument(0)?.stripped.target?.stripped.templateArguments.first?.type
    let view = try node(subject, "unordered container", element) { UInt64(16).aligned(to: $0.alignment) }
    return view.map { SyntheticView(summary: $0.summary, audience: .trees) }
  }

  /// Of libstdc++'s checking containers: one that its container has made invalid is not followed.
  private static func checkedIterator(_ subject: FormatSubject) throws(Unavailability) -> SyntheticView? {
    guard let type = subject.argument(0), let inner = subject.value.base(type) else { return nil }
    if let sequence = try? subject.value.field("_M_sequence").dereferenced(), sequence.address?.isNull == false,
      try sequence.unsigned("_M_version") != subject.value.unsigned("_M_version")
    {
      return SyntheticView("invalid iterator")
    }
    return SyntheticView(summary: [.value(inner)])
  }

  private static func inner(_ subject: FormatSubject) -> SyntheticView? {
    subject.value.field(anyOf: ["__i_"]).flatMap { subject.view(of: $0) }
  }
}
