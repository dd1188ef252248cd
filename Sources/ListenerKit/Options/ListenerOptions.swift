/// The options that every listener takes, whatever its handlers.
public enum ListenerOptions {
    /// `--config`, or `-c`: supervisord's configuration file.
    public static let config = Option<String?>(
        "config",
        "file",
        .file,
        help: "supervisord's configuration file; found automatically by default"
    )
    /// `--server-url`: the address at which supervisord is called.
    public static let serverURL = Option<String?>(
        "server-url",
        "url",
        help: """
            supervisord's RPC server, unix:///path or http://host:port; by default $SUPERVISOR_SERVER_URL, else from the \
            configuration
            """
    )
    /// `--acknowledge-within`: the acknowledgement deadline, after which an event is acknowledged whatever its handlers do.
    package static let acknowledgeWithin = Option<Duration>(
        "acknowledge-within",
        "seconds",
        help: "how long events may wait for a handler before they are acknowledged without it",
        default: .seconds(1)
    )

    static let all: [any OptionDeclaration] = [config, serverURL, acknowledgeWithin]

    /// Checks values that can be known to be wrong before any file is read.
    ///
    /// - Parameter values: The values of all options that were given.
    /// - Throws: ``UsageError`` if the server URL is invalid.
    static func check(_ values: OptionValues) throws(UsageError) {
        guard let url = values[serverURL] else {
            return
        }
        do {
            _ = try Endpoint(url)
        } catch {
            throw .other("\(error) (--\(serverURL.name))")
        }
    }
}
