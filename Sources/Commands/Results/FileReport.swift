package import DebugInfo
package import MachineModel

/// `info files`.
package struct FileReport: CommandResult {
  private let program: String
  private let process: ProcessID?
  private let images: (program: ImageSections?, others: [ImageSections])

  package init(program: String, process: ProcessID?, images: (program: ImageSections?, others: [ImageSections])) {
    self.program = program
    self.process = process
    self.images = images
  }

  package var text: String { lines.joined(separator: "\n") }

  private enum CodingKeys: CodingKey { case lines }
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(lines, forKey: .lines)
  }

  private var lines: [String] {
    var lines = ["Symbols from \"\(escapedName(program))\"."]
    if let process {
      lines += [
        "Native process:", "\tUsing the running image of child process \(process).",
        "\tWhile running this, sdb does not access memory from...",
      ]
    }
    lines += ["Local exec file:", "\t`\(escapedName(program))', file type elf64-x86-64."]
    if let own = images.program {
      lines.append("\tEntry point: \(own.entryPoint)")
      lines += rows(own, of: "")
    }
    for image in images.others {
      let name = image.name == "[vdso]" ? "system-supplied DSO at \(image.base)" : image.name
      lines += rows(image, of: " in " + escapedName(name))
    }
    return lines
  }

  private func rows(_ image: ImageSections, of place: String) -> [String] {
    image.sections.map { section in
      let (from, to) = (section.from.rawValue, section.to.rawValue)
      return "\t\(hexadecimal(from, digits: 16)) - \(hexadecimal(to, digits: 16)) is \(escapedName(section.name))"
        + place
    }
  }
}
