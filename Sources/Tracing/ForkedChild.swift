/// A child that the kernel attached for us: on its way to be let go, or to become a process of its own.
struct ForkedChild {
  /// The traps that it inherited in its copy of the memory.
  let inherited: [PatchTable.Patch]
  /// It has no copy: it runs in its parent's memory until it executes a program or ends.
  let sharesMemory: Bool
  var isStopped = false
  /// May go as soon as it has stopped.
  var isFree: Bool
  /// Who wants it, as soon as it has stopped or ended.
  var waiter: CheckedContinuation<Void, Never>?
}
