package import Debugger

extension FrameSnapshot {
  /// Folders of code that the user has not written: the system's, the Rust library's (which states where it was
  /// compiled), the packages that cargo has fetched.
  private static let systemFolders = [
    "/usr/include/", "/usr/lib/", "/usr/lib64/", "/usr/libexec/", "/usr/share/", "/lib/", "/lib64/", "/rustc/",
  ]

  /// True for code of the user's own, as far as file names tell.
  package var isOwnCode: Bool {
    guard let file, !file.contains("/.cargo/registry/") else { return false }
    let paths = [file] + (isLibraryCode ? [module].compactMap(\.self) : [])
    return !paths.contains { path in Self.systemFolders.contains { path.hasPrefix($0) } }
  }
}

extension ThreadStack {
  /// The frames in the user's own code, the innermost first. Where no file tells that, those of the program's own file.
  package var ownFrames: [FrameSnapshot] {
    let found = frames.filter(\.isOwnCode)
    return found.isEmpty ? frames.filter { !$0.isLibraryCode && $0.function != nil } : found
  }

  /// What a reader wants to see of it: the innermost frame in the user's own code, or else the innermost.
  package var frameOfInterest: FrameSnapshot? { ownFrames.first ?? frames.first }

  /// The library's frames that the user's code has called, the innermost first.
  package var libraryFrames: ArraySlice<FrameSnapshot> { frames.prefix { !$0.isOwnCode } }
}
