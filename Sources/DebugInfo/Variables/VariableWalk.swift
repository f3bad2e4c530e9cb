import CDw

/// Collects the variables of a function or inlined copy that hold at an address, as gdb's blocks have them.
struct VariableWalk {
  struct Found {
    let entry: DIE
    let blockDepth: Int
  }

  /// Blocks nest a few levels; more means damaged data.
  private static let maximumDepth = 128

  /// In the image.
  private let pc: UInt64
  private var found: [Found] = []
  /// Entries of abstract instances whose copies are among `found`.
  private var copied: Set<EntryID> = []

  /// The variables of `scope` at `pc`: innermost block first, in each as declared.
  static func variables(in scope: DIE, at pc: UInt64) -> [Found] {
    var walk = VariableWalk(pc: pc)
    walk.visit(scope, depth: 0)
    return walk.found
  }

  private init(pc: UInt64) { self.pc = pc }

  private mutating func visit(_ block: DIE, depth: Int) {
    var own: [DIE] = []
    var inner: [DIE] = []
    collect(block, depth: depth, into: &own, inner: &inner)
    if depth < Self.maximumDepth {
      for block in inner { visit(block, depth: depth + 1) }
    }
    // Compilers that do not name the copies' blocks after the abstract ones have us find both.
    for entry in own where !copied.contains(entry.id) {
      found.append(Found(entry: entry, blockDepth: depth))
      if let origin = entry.origin { copied.insert(origin.id) }
    }
  }

  /// The block's own variables, and the blocks inside that hold `pc`.
  private func collect(_ block: DIE, depth: Int, into own: inout [DIE], inner: inout [DIE]) {
    var origins: Set<EntryID> = []
    for child in block.children {
      if let origin = child.origin { origins.insert(origin.id) }
      add(child, depth: depth, into: &own, inner: &inner)
    }
    // What the copy has no entry for was optimized out of it; the abstract instance still declares it.
    guard let origin = block.origin else { return }
    for child in origin.children where !origins.contains(child.id) {
      add(child, depth: depth, into: &own, inner: &inner)
    }
  }

  private func add(_ child: DIE, depth: Int, into own: inout [DIE], inner: inout [DIE]) {
    switch child.tag {
    case DW_TAG_formal_parameter: own.append(child)
    // gdb has a label whose code is gone among the variables, optimized out like them.
    case DW_TAG_label where !child.has(DW_AT_low_pc): own.append(child)
    // A declaration speaks of a global.
    case DW_TAG_variable where !child.isDeclaration: own.append(child)
    case DW_TAG_GNU_formal_parameter_pack where depth < Self.maximumDepth:
      for parameter in child.children { add(parameter, depth: Self.maximumDepth, into: &own, inner: &inner) }
    case DW_TAG_lexical_block, DW_TAG_try_block, DW_TAG_catch_block:
      let ranges = child.ranges
      if ranges.contains(where: { $0.contains(pc) }) {
        inner.append(child)
      } else if ranges.isEmpty, depth < Self.maximumDepth {
        // Without addresses it is as if it weren't there.
        collect(child, depth: depth + 1, into: &own, inner: &inner)
      }
    default: break
    }
  }
}

extension DIE {
  /// The abstract instance that this is a copy of (DWARF 5 §3.3.8).
  var origin: DIE? { attribute(DW_AT_abstract_origin, integrated: false)?.reference }
}
