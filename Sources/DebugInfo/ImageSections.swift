import Elf
package import MachineModel

/// Of an image in the process, the sections that take room there, in the order of its file.
package struct ImageSections: Sendable, Equatable {
  package struct Section: Sendable, Equatable, Encodable {
    package let name: String
    package let from: VirtualAddress
    package let to: VirtualAddress
  }
  package let image: Int
  package let name: String
  /// Where its address 0 is.
  package let base: VirtualAddress
  package let entryPoint: VirtualAddress
  package let sections: [Section]
}

extension ProgramSymbols {
  /// Of all images, in the order in which they came. An image without section headers has none.
  package func imageSections() -> [ImageSections] {
    loadedImages.map { image in
      ImageSections(
        image: image.number, name: image.mapping.name, base: image.virtualAddress(ImageAddress(0)),
        entryPoint: image.virtualAddress(image.elf.entryPoint),
        sections: image.elf.sections.filter { $0.isAllocated && $0.size > 0 }.map { section in
          let start = image.virtualAddress(section.address)
          return .init(name: section.name, from: start, to: start + section.size)
        })
    }
  }
}
