extension RunningProcess {
    /// The supervisord that runs this process: the nearest ancestor that is one, since a shell may stand in between; the
    /// parent where none can be recognised.
    package static var supervisord: RunningProcess? {
        let ancestors = ancestors
        return ancestors.first { SupervisordCommandLine(arguments: $0.arguments) != nil } ?? ancestors.first
    }
}
