import Debugger

/// `info vtbl`.
struct VirtualTableList: CommandResult, Equatable {
  let tables: [VirtualTable]
  var text: String {
    tables.map { table in
      let heading = "vtable for '\(escapedName(table.className))' @ \(table.table) (subobject @ \(table.object)):"
      let rows = table.functions.enumerated().map { "[\($0)]: \(escaped($1))" }
      return ([heading] + rows).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }
}
