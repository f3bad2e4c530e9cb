import CPtrace
import Glibc
import MachineModel
import Synchronization

/// A live process's memory, without our traps. Reads copy with process_vm_readv(2), and through
/// /proc/PID/mem what that can't reach (pages without read permission, a process whose leader has exited).
final class ProcessMemory: MemoryReader {
  /// An open /proc/PID/mem: bound to the address space that the process had when it was opened (proc(5)).
  private final class File: Sendable {
    let descriptor: Int32
    init(_ path: String) { descriptor = sdb_open(path, 1) }
    deinit { sdb_close(descriptor) }
  }

  private let pid: Int32
  private let livingThread: Atomic<Int32>
  private let patches: PatchTable
  private let file: Mutex<File>

  init(of pid: Int32, patches: PatchTable) {
    self.pid = pid
    livingThread = Atomic(pid)
    self.patches = patches
    file = Mutex(File("/proc/\(pid)/mem"))
  }

  /// A thread through which the process is reached: a leader that has exited has no memory any more.
  var thread: Int32 {
    get { livingThread.load(ordering: .relaxed) }
    set { livingThread.store(newValue, ordering: .relaxed) }
  }

  /// Of the open /proc/PID/mem, until `reopen()`.
  var descriptor: Int32 { file.withLock { $0.descriptor } }

  /// The process has executed a new program: its memory is another.
  func reopen() {
    let new = File("/proc/\(pid)/mem")
    file.withLock { $0 = new }
  }

  /// The lock that hides traps is held for so many bytes at most, lest a long read delay the tracer.
  private static let chunk = 64 << 10

  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    var done = 0
    while done < buffer.count {
      let size = min(Self.chunk, buffer.count - done)
      let got = readChunk(address + done, UnsafeMutableRawBufferPointer(rebasing: buffer[done..<(done + size)]))
      done += got
      if got < size { break }
    }
    return done
  }

  private func readChunk(_ address: VirtualAddress, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    hidingTraps(in: buffer, at: address) { readRaw(address, buffer) }
  }

  /// The same for as little as the program itself may read: a page without permission is out of reach.
  func readPermitted(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    hidingTraps(in: buffer, at: address) { sdb_read_memory(thread, address.rawValue, buffer.baseAddress, buffer.count) }
  }

  /// - Parameter read: answers how many bytes there were.
  private func hidingTraps(
    in buffer: UnsafeMutableRawBufferPointer, at address: VirtualAddress, _ read: () -> Int
  ) -> Int {
    patches.withPatches { patches in
      let got = read()
      for patch in patches[patches.indices(from: address, count: got)] {
        buffer[Int(patch.address - address)] = patch.original
      }
      return got
    }
  }

  /// Memory as it is, traps shown.
  func readRaw(_ address: VirtualAddress, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    guard let base = buffer.baseAddress else { return 0 }
    let got = sdb_read_memory(thread, address.rawValue, base, buffer.count)
    if got == buffer.count { return got }
    let file = file.withLock { $0 }
    return got + sdb_read_at(file.descriptor, address.rawValue &+ UInt64(got), base + got, buffer.count - got)
  }

  /// The byte as it is, traps shown; nil where nothing is mapped.
  func rawByte(_ address: VirtualAddress) -> UInt8? {
    var byte: UInt8 = 0
    return withUnsafeMutableBytes(of: &byte) { readRaw(address, $0) } == 1 ? byte : nil
  }

  /// Writes as is, over read-only pages too; answers how many bytes it wrote.
  @discardableResult
  func writeRaw(_ bytes: [UInt8], at address: VirtualAddress) -> Int {
    let file = file.withLock { $0 }
    return bytes.withUnsafeBytes { buffer in
      buffer.baseAddress.map { sdb_write_at(file.descriptor, address.rawValue, $0, buffer.count) } ?? 0
    }
  }
}

/// A process's memory as its own instructions may read it, traps hidden.
struct PermittedMemory: MemoryReader {
  let memory: ProcessMemory
  func read(_ address: VirtualAddress, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    memory.readPermitted(address, into: buffer)
  }
}
