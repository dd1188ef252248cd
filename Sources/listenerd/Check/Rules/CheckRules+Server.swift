import ListenerKit

extension CheckRules {
    /// The rules about whether supervisord can be called.
    static let server = [missingServer]

    private static let missingServer = CheckRule(
        "missing-server",
        .warning,
        "a listener with --ordered-startup and no server, or a server without [rpcinterface:supervisor]",
        reason: "supervisord cannot be called: neither supervisorctl nor --ordered-startup can work.",
        basis: .allFiles
    ) { checked, findings in
        guard let (location, missing) = checked.missingSections else {
            return
        }
        let caller = checked.caller
        let isRejected = checked.configuration.rejectsRemoteInterface
        // Another problem recommends `supervise`, which adds both sections unless supervisord would reject them.
        guard !checked.lacksStarter || isRejected else {
            return
        }
        let startsInOrder = caller != nil || checked.lacksStarter
        let remedy =
            if isRejected {
                ", once nothing keeps supervisord from starting with [\(RemoteInterface.sectionName)]"
            } else {
                startsInOrder ? "" : ", or run it with listenerd supervise, which adds what is missing"
            }
        let victim = caller.map { "\($0.name) cannot call supervisord" } ?? "supervisorctl cannot call supervisord"
        findings.add(
            location,
            "there is \(missing.map { "no \($0)" }.joined(separator: " and ")), so \(victim); add "
                + "\(listed(missing.compactMap { examples[$0] }))\(remedy)",
            severity: startsInOrder ? .error : nil
        )
    }

    private static let examples = [
        serverSection: "[unix_http_server] with file=/run/supervisor.sock",
        interfaceSection: "\(interfaceSection) with \(RemoteInterface.factoryKey)=\(RemoteInterface.factory)",
    ]
    fileprivate static let serverSection = "server section"
    fileprivate static let interfaceSection = "[\(RemoteInterface.sectionName)]"
}

extension CheckedConfiguration {
    /// The first listener that starts programs in order; other ones may call a server that another file brings.
    fileprivate var caller: EventListenerConfiguration? {
        configuration.eventListeners.first { ListenerCommand.startsInOrder($0) }
    }

    /// The sections that are missing although something needs them, and where to say so; nil if none is.
    fileprivate var missingSections: (location: ConfigurationLocation, names: [String])? {
        let sections = configuration.document.sections
        let unix = sections.first { $0.name.utf8.starts(with: "unix_http_server".utf8) }
        let server = unix ?? sections.first { $0.name.utf8.starts(with: "inet_http_server".utf8) }
        let isNeeded = caller != nil || lacksStarter
        // The pages of an inet_http_server work without the interface; a socket is for nothing but calls.
        guard configuration.hasRemoteInterface ? isNeeded && server == nil : isNeeded || unix != nil else {
            return nil
        }
        let names = [
            server == nil ? CheckRules.serverSection : nil,
            configuration.hasRemoteInterface ? nil : CheckRules.interfaceSection,
        ]
        return (server?.location ?? start, names.compactMap { $0 })
    }
}
