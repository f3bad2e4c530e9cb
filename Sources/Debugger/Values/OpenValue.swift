package import DebugInfo
import MachineModel

/// A value as a row of a tree: what opening it shows. Base classes and members, elements, what a pointer points to;
/// of a value that a formatter knows, what that makes up, and then the members as `[raw]`. Keeps what has been found
/// of a container's nodes, so that going through them page by page is quick. Belongs to one stop of one session.
package final class OpenValue {
  /// One row below an opened one.
  package struct Child {
    /// `x`, `<Base>`, `[3]`, `["key"]`, `*pointer`'s `*`; `<anonymous union>`; `[raw]`.
    package let name: String
    package let value: Value
    /// True where formatters are not asked: the value is shown by its own members.
    package let isRaw: Bool
  }

  package let value: Value
  package let isRaw: Bool
  private let settings: SessionSettings
  private let language: SourceLanguage

  /// Children beyond this are not offered, so that an array of a damaged type ends.
  private static let childLimit = 1 << 24

  package init(_ value: Value, settings: SessionSettings, language: SourceLanguage, isRaw: Bool = false) {
    self.value = value
    self.isRaw = isRaw
    self.settings = settings
    self.language = language
  }

  /// What the children belong to: a structure itself, or the one that a pointer or reference leads to.
  private lazy var parent: Value? = whole ?? opened
  private lazy var opened = value.opened()
  /// Of a pointer or reference: the object that has what it leads to as a base class.
  private lazy var whole: Value? = value.type.stripped.isAggregate ? nil : opened?.wholeObject()
  /// The class of what a pointer or reference leads to, where that is another one than it says.
  package lazy var dynamicType: DataType? = {
    guard let whole, let opened, whole.type !== opened.type.stripped else { return nil }
    return whole.type
  }()
  private(set) lazy var view: SyntheticView? = parent.flatMap { parent in
    isRaw ? nil : Formatters.view(of: parent.loaded(limit: ValueFormatter.readLimit), settings: settings)
  }
  private lazy var syntheticCount = view?.children?.count(upTo: Self.childLimit) ?? 0

  /// How many children it has. Reads a few words; of a list that does not state its length, a thousand nodes. An empty
  /// container has nothing to be opened for.
  package lazy var count: Int = {
    guard let view else { return parent?.partCount(openedFrom: value, limit: Self.childLimit) ?? 0 }
    return view.children != nil && syntheticCount == 0 ? 0 : syntheticCount + 1
  }()

  /// Those of them from `first` on, at most `wanted`.
  package func children(from first: Int = 0, count wanted: Int) -> [Child] {
    guard first >= 0, wanted > 0, first < count, let parent else { return [] }
    let end = first.addingReportingOverflow(wanted)
    let range = first..<(end.overflow ? count : min(count, end.partialValue))
    guard let view else {
      return parent.parts(range).map { Child(name: $0.name, value: $0.value, isRaw: false) }
    }
    return range.map { index in
      index < syntheticCount ? child(at: index, of: view) : Child(name: "[raw]", value: parent, isRaw: true)
    }
  }

  private func child(at index: Int, of view: SyntheticView) -> Child {
    do throws(Unavailability) {
      guard let child = try view.children?.child(at: index) else { throw .reason("there are fewer than stated") }
      return Child(name: name(of: child), value: child.value, isRaw: false)
    } catch {
      let lost = Value(type: .void, location: .unavailable(error.message), source: value.source)
      return Child(name: "[\(index)]", value: lost, isRaw: false)
    }
  }

  /// A pair goes by its key, cut where that is long.
  private func name(of child: SyntheticChild) -> String {
    guard let key = child.key else { return child.name }
    var short = settings
    short.printElements = 40
    short.printMaxDepth = 3
    short.printPretty = false
    short.printArray = false
    return "[" + ValueFormatter(settings: short, language: language).nestedText(key) + "]"
  }
}
