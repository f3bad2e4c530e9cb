/// The user's folders for what programs keep (XDG Base Directory Specification 0.8).
package enum BaseDirectory: Sendable {
  case config, cache, state, data

  /// sdb's folder of that kind, which need not be there; nil where neither its variable nor `HOME` tells. "All paths
  /// set in these environment variables must be absolute", a relative one is ignored.
  package var folder: String? {
    let base = HostPath.absoluteVariable(variable) ?? HostPath.home.map { $0 + "/" + fallback }
    return base.map { $0 + "/sdb" }
  }

  private var variable: String {
    switch self {
    case .config: "XDG_CONFIG_HOME"
    case .cache: "XDG_CACHE_HOME"
    case .state: "XDG_STATE_HOME"
    case .data: "XDG_DATA_HOME"
    }
  }

  /// Below the home.
  private var fallback: String {
    switch self {
    case .config: ".config"
    case .cache: ".cache"
    case .state: ".local/state"
    case .data: ".local/share"
    }
  }
}
