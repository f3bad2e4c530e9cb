import ArgumentParser
import Debugger

/// `--log-level`.
extension LogLevel: ExpressibleByArgument {}
