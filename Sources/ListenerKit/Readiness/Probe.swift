/// Something to try that shows whether a program is ready.
package enum Probe: Hashable, Sendable {
    /// Connect to a port; the host is a name, or an address without brackets.
    case tcp(host: String, port: UInt16)
    /// Connect to a Unix socket.
    case unix(path: String)
    /// Ask a web server for a page; 2xx and 3xx are passed. The path begins with a slash.
    case http(host: String, port: UInt16, path: String)
    /// Look at a path; a plain file must be newer than the start of the process.
    case file(path: String)
    /// Run a command; 0 is passed.
    case command(ProbeCommand)
}
