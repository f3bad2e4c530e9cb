package import DebugInfo
package import Debugger

/// Everything that the interface knows: what `render` draws, and what `reduce` changes.
package struct AppState: Sendable {
  package var size: GridSize
  package var theme = Theme.fallback.name
  package var bindings = BindingTable.standard()
  /// Columns to the next tab stop of source text.
  package var tabWidth = 8

  /// The program's name to show; nil: none was named.
  package var programName: String?
  package var process = ProcessStatus()
  /// Files are being indexed, and it takes a while.
  package var indexing: IndexProgress?
  /// Grows with each stop, selection and write; see `Freshness`.
  package var revision = 0

  package var layout = LayoutState()
  package var focus = Pane.source
  package var dialog: DialogState?
  package var message: Message?
  package var search: SearchState?

  package var source = SourceState()
  package var stack = StackState()
  package var locals = LocalsTreeState()
  package var breakpoints = BreakpointsState()
  package var threads = ThreadsState()
  package var registers = RegistersState()
  package var disassembly = DisassemblyState()
  package var program = ProgramTerminalState()
  package var console = ConsoleState()
  package var commandBar = CommandBarState()
  package var commands = CommandQueue()
  /// What is being fetched from a debuginfod server.
  package var download: DownloadProgress?
  package var hasQuit = false

  package init(size: GridSize) {
    self.size = size
  }

  /// Where everything is now.
  package var geometry: Layout { Layout(layout, size: size, focus: focus) }

  /// Contexts whose bindings hold now, most specific first.
  package var contexts: [BindingContext] {
    if commandBar.isActive { return [.commandBar, .everywhere] }
    if focus == .program { return [.program] }
    return (BindingContext(focus).map { [$0] } ?? []) + [.panes, .everywhere]
  }

  /// Rows of a pane's body; 1 at least, also while it is hidden.
  func height(of pane: Pane) -> Int {
    max(1, geometry.body(of: pane)?.height ?? 1)
  }
}
