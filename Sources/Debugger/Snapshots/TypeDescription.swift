/// What `ptype` and `whatis` say of a type.
package struct TypeDescription: Sendable, Equatable {
  /// The type, on as many lines as it takes.
  package let text: String
  /// What names the columns of offsets and sizes, where there are any.
  package var heading: String?
  /// Under `set print object`: the type that the value's object really has, where that is known.
  package var realType: String?
}
