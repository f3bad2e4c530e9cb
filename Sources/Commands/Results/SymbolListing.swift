package import Debugger
import MachineModel

/// `info functions`, `info variables`, `info types`.
package struct SymbolListing: CommandResult, Equatable {
  package let list: SymbolList
  /// What stands above it; nil: nothing (`-q`).
  package let heading: String?
  package init(_ list: SymbolList, heading: String?) {
    self.list = list
    self.heading = heading
  }

  package var text: String {
    var lines = heading.map { [$0] } ?? []
    for file in list.files {
      lines += ["", "File \(escapedName(file.file)):"]
      for symbol in file.symbols {
        // What is spelled out takes lines of its own.
        let declaration = symbol.declaration.split(separator: "\n").map { escapedName(String($0)) }
        lines.append("\(symbol.line.map { "\($0):" } ?? "")\t" + declaration.joined(separator: "\n"))
      }
    }
    if !list.undescribed.isEmpty {
      lines += ["", "Non-debugging symbols:"]
      lines += list.undescribed.map { "\(hexadecimal($0.address.rawValue, digits: 16))  " + escapedName($0.name) }
    }
    return lines.joined(separator: "\n")
  }
  package func encode(to encoder: any Encoder) throws { try list.encode(to: encoder) }
}

/// `info sources`.
package struct SourceFileList: CommandResult, Equatable {
  package struct Image: Encodable, Sendable, Equatable {
    package let image: String
    package let files: [String]
  }
  package let images: [Image]

  package var text: String {
    images.map { image in
      "\(escapedName(image.image)):\n\n" + image.files.map(escapedName).joined(separator: ", ") + "\n"
    }.joined(separator: "\n")
  }
}
