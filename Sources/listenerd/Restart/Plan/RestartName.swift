import ListenerKit

/// What a name on the command line stands for, as supervisorctl reads it.
enum RestartName: Equatable {
    /// `all`
    case all
    /// `web:*` or `web:`
    case group(String)
    /// `web:web_0` or `web`
    case process(ProcessName)

    /// Reads a name.
    init(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        if text == "all" {
            self = .all
        } else if parts.count == 2 {
            self =
                parts[1].isEmpty || parts[1] == "*"
                ? .group(parts[0]) : .process(ProcessName(group: parts[0], process: parts[1]))
        } else {
            self = .process(ProcessName(group: text, process: text))
        }
    }
}
