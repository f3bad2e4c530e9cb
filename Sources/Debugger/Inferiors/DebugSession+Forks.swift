import DebugInfo
import MachineModel
import Tracing

/// What becomes of the two processes after a fork.
extension DebugSession {
  /// Each fork is a stop, at which the child is kept until it is known what becomes of it.
  var stopsAtForks: Bool { settings.followForkMode != .parent || !settings.detachesOnFork }

  func tellDetachedChild(_ child: ProcessID, isVfork: Bool) {
    notify("[Detaching after \(isVfork ? "vfork" : "fork") from child process \(child)]")
  }

  /// Carries out `set follow-fork-mode` and `set detach-on-fork` at a fork, as the process goes on from it. Where the child is followed it is the
  /// current process afterwards, and what the thread was about to do goes on in it: the arguments are the child's then.
  func follow(
    _ fork: Fork, _ request: inout ResumeRequest, _ motion: inout (any MotionController)?,
    _ origin: inout MotionOrigin?
  ) async throws(SessionError) {
    guard let process else { throw .notRunning }
    // A function that was called from here comes back to where only its own process has a trap.
    let followsChild = nesting.isEmpty ? await isChildFollowed(fork, of: process.id) : false
    if !followsChild, settings.detachesOnFork || !nesting.isEmpty {
      return tellDetachedChild(fork.child, isVfork: fork.isVfork)
    }
    // A child that was killed meanwhile cannot be followed.
    guard let child = try? await process.takeOver(fork.child) else { return }
    let subject = "LWP \(fork.thread) \"\(threadSnapshot(fork.thread).name)\""
    let parent = inferiors.current
    let number = inferiors.add(await inferior(of: child, fork, parent: parent))
    if followsChild { notify("[Attaching after \(subject) \(fork.name) to child process \(child.id)]") }
    notify("[New inferior \(number) (process \(child.id))]")
    sink.yield(.inferior(inferiors.current))
    guard followsChild else { return }
    let goesOn = request.thread == fork.thread
    request = request.copied(from: fork.thread, to: ThreadID(child.id.rawValue))
    if !goesOn { motion = nil }
    origin = goesOn ? origin?.copied(to: request.thread) : nil
    exchange(for: number)
    inferiors[parent]?.state = .stopped(process.id)
    countAsRunning()
    tellExchange()
    await placeSites()
    await watchEscapes(origin?.escapeLimit != nil || followsCalls, of: child)
    if settings.detachesOnFork, !fork.isVfork {
      notify("[Detaching after fork from parent process \(process.id)]")
      await letGo(ofParked: parent)
    }
  }

  private func isChildFollowed(_ fork: Fork, of parent: ProcessID) async -> Bool {
    switch settings.followForkMode {
    case .parent: return false
    case .child: return true
    case .ask:
      guard let consent else { return false }
      return await consent("Follow child \(fork.child) of process \(parent) (\(fork.name))?")
    }
  }

  /// A child as it begins: a copy of the current process, with the thread that made it.
  private func inferior(of child: TracedProcess, _ fork: Fork, parent: Int) async -> Inferior {
    var inferior = Inferior(symbols: ProgramSymbols(forkedFrom: symbols))
    (inferior.program, inferior.programImage, inferior.programIdentity) = (program, programImage, programIdentity)
    inferior.addedImages = addedImages
    inferior.process = child
    inferior.eventPump = listen(to: child)
    inferior.state = .stopped(child.id)
    _ = inferior.threads.number(of: ThreadID(child.id.rawValue))
    inferior.selection = Selection(thread: ThreadID(child.id.rawValue))
    inferior.images = images
    if let linker = images.linkerBreakpoint { try? await child.insertSite(at: linker) }
    inferior.locations = currentInferior.locations
    if fork.isVfork { inferior.vforkParent = VforkParent(inferior: parent, isLeft: settings.detachesOnFork) }
    return inferior
  }

  /// The current process, made by vfork, has a memory of its own from now on, or has ended: its parent may go on.
  func leaveVforkParent(after event: String) async {
    guard let parent = vforkParent else { return }
    vforkParent = nil
    await leave(parent, after: event)
  }

  func leave(_ parent: VforkParent, after event: String) async {
    guard parent.isLeft, let process = inferiors[parent.inferior]?.process else { return }
    notify("[Detaching vfork parent process \(process.id) after child \(event)]")
    await letGo(ofParked: parent.inferior)
  }
}

extension MotionOrigin {
  /// The same of a thread's copy in a child.
  fileprivate func copied(to thread: ThreadID) -> MotionOrigin {
    MotionOrigin(thread: thread, place: place, file: file, escapeLimit: escapeLimit)
  }
}
