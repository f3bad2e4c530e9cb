import CDw
import MachineModel

/// What a caller passed: DW_TAG_call_site (DWARF 5 §3.4) and its GNU forerunner.
extension FrameExpressionContext {
  /// The value of the register (or of the cell it points to) that `expression` names, on entry to the function.
  func entryValue(_ expression: [UInt8]) throws(ExpressionFailure) -> StackValue {
    let (register, isMemory) = try entryRegister(expression)
    let (site, context) = try callSite()
    let parameter = site.children.first { child in
      [DW_TAG_call_site_parameter, DW_TAG_GNU_call_site_parameter].contains(child.tag)
        && child.block(DW_AT_location).flatMap(Self.plainRegister) == register
    }
    guard let parameter else { throw .optimizedOut }
    return try value(of: parameter, isMemory: isMemory, in: context)
  }

  func parameterValue(_ offset: UInt64) throws(ExpressionFailure) -> StackValue {
    let (site, context) = try callSite()
    let wanted = unit?.entry(inUnit: offset)?.id
    let parameter = site.children.first { child in
      (child.reference(DW_AT_call_parameter) ?? child.reference(DW_AT_abstract_origin))?.id == wanted
    }
    guard let parameter, wanted != nil else { throw .optimizedOut }
    return try value(of: parameter, isMemory: false, in: context)
  }

  private func value(of parameter: DIE, isMemory: Bool, in context: FrameExpressionContext)
    throws(ExpressionFailure) -> StackValue
  {
    let bytes =
      isMemory
      ? parameter.block(DW_AT_call_data_value) ?? parameter.block(DW_AT_GNU_call_site_data_value)
      : parameter.block(DW_AT_call_value) ?? parameter.block(DW_AT_GNU_call_site_value)
    guard let bytes, !bytes.isEmpty else { throw .optimizedOut }
    return try DwarfExpressionEvaluator.value(of: bytes, in: context)
  }

  /// `DW_OP_regN`, or a read through it: what DW_OP_entry_value may hold.
  private func entryRegister(_ expression: [UInt8]) throws(ExpressionFailure) -> (number: Int, isMemory: Bool) {
    if let number = Self.plainRegister(expression) { return (number, false) }
    var position = 0
    let first = try ExpressionOperation(expression, at: &position)
    guard position < expression.count else { throw .optimizedOut }
    let second = try ExpressionOperation(expression, at: &position)
    guard (DW_OP_breg0...DW_OP_breg31).contains(first.code), first.first == 0,
      [DW_OP_deref, DW_OP_deref_size].contains(second.code), position == expression.count
    else { throw .optimizedOut }
    return (first.code - DW_OP_breg0, true)
  }

  static func plainRegister(_ expression: [UInt8]) -> Int? {
    var position = 0
    guard let operation = try? ExpressionOperation(expression, at: &position), position == expression.count else {
      return nil
    }
    if (DW_OP_reg0...DW_OP_reg31).contains(operation.code) { return operation.code - DW_OP_reg0 }
    switch operation.code {
    case DW_OP_regx, DW_OP_regval_type, DW_OP_GNU_regval_type: return Int(exactly: operation.first)
    default: return nil
    }
  }

  /// The call that this frame's function was entered by, and what its expressions can reach. Fails where that
  /// call was of another function: a tail call lies between, and what it passed is not known.
  private func callSite() throws(ExpressionFailure) -> (DIE, FrameExpressionContext) {
    guard calls < Self.maximumCalls, let caller = frame.caller, !caller.registers.isInterrupted,
      let id = caller.function, let function = symbols.entry(id), let image = symbols.loadedImage(id.image)
    else { throw .optimizedOut }
    let returnAddress = image.imageAddress(caller.registers.programCounter).rawValue
    guard let site = symbols.callSite(returningTo: returnAddress, in: function) else { throw .optimizedOut }
    let context = FrameExpressionContext(symbols: symbols, frame: caller, unit: function.unit, calls: calls + 1)
    let entry = try entryAddress()
    guard try context.calls(site, functionAt: entry), !symbols.mayTailCallItself(entry) else { throw .optimizedOut }
    return (site, context)
  }

  /// Where the frame's own function begins.
  private func entryAddress() throws(ExpressionFailure) -> VirtualAddress {
    guard let id = frame.function, let function = symbols.entry(id), let entry = function.entryPC,
      let image = symbols.loadedImage(id.image)
    else { throw .optimizedOut }
    return image.virtualAddress(ImageAddress(entry))
  }

  /// Whether a call site of this frame is known to call that function.
  private func calls(_ site: DIE, functionAt entry: VirtualAddress) throws(ExpressionFailure) -> Bool {
    let image = symbols.loadedImage(site.file.image)
    let key = [site.returnAddress ?? 0, entry.rawValue]
    if let known = image?.facts.directCalls[key] { return known }
    if let callee = site.reference(DW_AT_call_origin) ?? site.reference(DW_AT_abstract_origin) {
      let isCalled = try names(callee, functionAt: entry)
      return image?.facts.directCalls.keep(isCalled, for: key) ?? isCalled
    }
    guard let expression = site.block(DW_AT_call_target) ?? site.block(DW_AT_GNU_call_site_target) else { return false }
    return try DwarfExpressionEvaluator.value(of: expression, in: self).unsigned == entry.rawValue
  }

  private func names(_ callee: DIE, functionAt entry: VirtualAddress) throws(ExpressionFailure) -> Bool {
    if let address = callee.entryPC { return try relocated(address) == entry.rawValue }
    // Declared here only: the linker knows it.
    guard let name = callee.string(DW_AT_linkage_name) ?? callee.name else { return false }
    return symbols.symbols(linkedAs: name).contains { $0.address == entry }
  }
}

extension ProgramSymbols {
  /// The call site of a function whose return address is `address` (of the image).
  func callSite(returningTo address: UInt64, in function: DIE) -> DIE? {
    guard let image = loadedImage(function.file.image) else { return nil }
    if let known = image.facts.callSites[address] { return known }
    let site = callSites(in: function) { $0.ranges.isEmpty || $0.covers(address &- 1) }
      .first { $0.returnAddress == address }
    return image.facts.callSites.keep(site, for: address)
  }

  /// The call sites of a function, and of those blocks and inlined copies in it that are asked for.
  func callSites(in function: DIE, where isWanted: (DIE) -> Bool = { _ in true }) -> [DIE] {
    var pending = [function]
    var found: [DIE] = []
    while let scope = pending.popLast() {
      for child in scope.children {
        switch child.tag {
        case DW_TAG_call_site, DW_TAG_GNU_call_site: found.append(child)
        case DW_TAG_lexical_block, DW_TAG_inlined_subroutine, DW_TAG_try_block, DW_TAG_catch_block:
          if isWanted(child) { pending.append(child) }
        default: break
        }
      }
    }
    return found
  }

  /// What an argument was on entry to the frame's function, as the caller's entries tell (DW_AT_call_value): of one
  /// that was passed in a register. nil where they don't.
  package func entryLocation(of variable: Variable, in frame: any FrameContext) -> Location? {
    guard variable.kind == .argument, let entry = entry(variable.entry), let location = entry.attribute(DW_AT_location),
      let function = frame.function.flatMap({ self.entry($0) }), let pc = function.entryPC,
      let passed = location.expression(at: pc, entryPC: pc), FrameExpressionContext.plainRegister(passed) != nil
    else { return nil }
    let expression = [UInt8(DW_OP_entry_value), UInt8(passed.count)] + passed + [UInt8(DW_OP_stack_value)]
    let context = FrameExpressionContext(symbols: self, frame: frame, unit: entry.unit)
    let found = DwarfExpressionEvaluator.locate(expression, in: context)
    if case .value = found { return found }
    return nil
  }
}

extension DIE {
  /// Of a call site: the address behind its call.
  var returnAddress: UInt64? { address(tag == DW_TAG_call_site ? DW_AT_call_return_pc : DW_AT_low_pc) }
}
