import Glibc

/// The system's words for an error number (strerror(3)).
package func errorText(_ number: Int32) -> String { String(cString: strerror(number)) }
