import ListenerKit

extension CheckRules {
    /// The rules about whether supervisord can be called.
    static let server = [missingServer, openServer, unknownServer]

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

    private static let openServer = CheckRule(
        "open-server",
        .warning,
        "an [inet_http_server] on all addresses, without a password",
        reason: "Anyone who reaches the port can stop programs, read their logs and environment, and send them input."
    ) { checked, findings in
        for server in checked.configuration.servers where server.username == nil {
            guard case .http = server.endpoint,
                let port = checked.configuration.document.section(named: server.sectionName)?["port"],
                isOpen(port.text)
            else {
                continue
            }
            findings.add(
                port.location,
                """
                [\(server.sectionName)] lets everybody who reaches \(port.text.strippedAsPython.quoted) control supervisord; set \
                username= and password=, or port=127.0.0.1:…
                """
            )
        }
    }

    /// Whether an address is a port of every host.
    private static func isOpen(_ address: String) -> Bool {
        let address = address.strippedAsPython
        guard let colon = address.utf8.lastIndex(of: UInt8(ascii: ":")) else {
            return true
        }
        return ["", "*", "0.0.0.0", "::", "[::]"].contains(String(address[..<colon]))
    }

    private static let unknownServer = CheckRule(
        "unknown-server",
        .warning,
        "a supervisorctl that looks for a socket which no server has",
        reason: "supervisorctl cannot reach supervisord with this configuration."
    ) { checked, findings in
        guard checked.configuration.settings.location != nil,
            let url = checked.configuration.document.section(named: "supervisorctl")?["serverurl"],
            case .unix(let path)? = try? Endpoint(url.text.strippedAsPython), !url.text.utf8.contains(UInt8(ascii: "%"))
        else {
            return
        }
        let sockets = checked.configuration.servers.compactMap { server in
            if case .unix(let path) = server.endpoint { path } else { nil }
        }
        guard !sockets.contains(where: { canonical($0) == canonical(path) }) else {
            return
        }
        let advice =
            sockets.first.map { "write serverurl=unix://\($0)" }
            ?? checked.configuration.preferredServer.map { "write serverurl=\($0.url)" }
            ?? "add [unix_http_server] with file=\(path)"
        findings.add(
            url.location,
            "supervisorctl looks for \(path.quoted), which is the socket of no server here; \(advice)"
        )
    }

    /// Returns a path in which `/var/run` is `/run`, as it is on current systems.
    private static func canonical(_ path: String) -> String {
        let path = PathText.absolute(path, from: "/")
        return path.hasPrefix("/var/run/") ? String(path.dropFirst("/var".count)) : path
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
