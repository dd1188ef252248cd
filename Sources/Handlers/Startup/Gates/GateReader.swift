import ListenerKit

/// Reads the lines of `ready=` for one process.
struct GateReader {
    /// The variables that the configuration gives the process.
    let environment: [String: String]
    /// `user=`; nil if there is none.
    var user: String?
    /// `directory=`; nil if there is none.
    var directory: String?

    /// Reads a value, which has a gate a line.
    func gates(_ value: String) -> [Gate] {
        value.utf8.split(separator: UInt8(ascii: "\n")).map { String(Substring($0)).strippedAsPython }
            .filter { !$0.isEmpty }.map { gate($0) }
    }

    /// Reads a line; one that is wrong becomes a gate that never passes.
    func gate(_ line: String) -> Gate {
        do throws(UnreadableGate) {
            return Gate(text: line, kind: try kind(line))
        } catch {
            return Gate(text: line, kind: .unreadable(error.reason))
        }
    }

    private func kind(_ line: String) throws(UnreadableGate) -> Gate.Kind {
        guard !line.utf8.contains(0) else {
            throw UnreadableGate("a NUL byte in it")
        }
        let colon = line.utf8.firstIndex(of: UInt8(ascii: ":")) ?? line.endIndex
        let word = line[..<colon]
        let rest = line[colon...].dropFirst()
        guard let scheme = GateScheme.allCases.first(where: { word.isWord($0.rawValue) }),
            (scheme == .notify) == (colon == line.endIndex)
        else {
            throw UnknownGate(line: line, word: String(word), rest: rest).error
        }
        switch scheme {
        case .tcp: return .probe(try tcp(address(rest, scheme)))
        case .http: return .probe(try http(address(rest, scheme)))
        case .unix: return .probe(.unix(path: try socketPath(path(rest, scheme))))
        case .file: return .probe(.file(path: try path(rest, scheme)))
        case .exec: return .probe(.command(try command(rest)))
        case .log: return .log(pattern: try pattern(rest))
        case .message: return .message(try text(rest, "text"))
        case .notify: return .notification(address: try notificationAddress())
        }
    }

    // MARK: - Addresses

    /// Returns what follows the two slashes.
    private func address(_ rest: Substring, _ scheme: GateScheme) throws(UnreadableGate) -> Substring {
        guard rest.utf8.starts(with: "//".utf8) else {
            throw UnreadableGate("no // after the colon; write \(scheme.form)")
        }
        return Substring(rest.utf8.dropFirst(2))
    }

    private func tcp(_ address: Substring) throws(UnreadableGate) -> Probe {
        try refuseSpaces(address)
        guard !address.utf8.contains(UInt8(ascii: "/")) else {
            throw UnreadableGate("a path in it; write \(GateScheme.tcp.form)")
        }
        let address = try GateAddress(address)
        return .tcp(host: address.host, port: address.port)
    }

    private func http(_ text: Substring) throws(UnreadableGate) -> Probe {
        try refuseSpaces(text)
        guard !text.utf8.contains(UInt8(ascii: "#")) else {
            throw UnreadableGate("a # in it, and what follows that is never sent to a server")
        }
        let end = text.utf8.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? text.endIndex
        guard !text[..<end].utf8.contains(UInt8(ascii: "@")) else {
            throw UnreadableGate("a user in it, which is not supported; use exec:curl")
        }
        let address = try GateAddress(text[..<end], defaultPort: 80)
        let path = text[end...].utf8.first == UInt8(ascii: "/") ? text[end...] : "/" + text[end...]
        return .http(host: address.host, port: address.port, path: try encoded(path))
    }

    private func refuseSpaces(_ text: Substring) throws(UnreadableGate) {
        guard !text.utf8.contains(where: PythonWhitespace.isWhitespace) else {
            throw UnreadableGate("a space in it; write one gate a line")
        }
    }

    /// Returns a path as a request has it: without characters beyond ASCII.
    private func encoded(_ path: Substring) throws(UnreadableGate) -> String {
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else {
            throw UnreadableGate("a control character in the path")
        }
        return path.utf8.map { byte in
            byte < 0x80 ? String(UnicodeScalar(byte)) : "%" + String(byte, radix: 16).uppercased()
        }
        .joined()
    }

    // MARK: - Paths

    private func path(_ rest: Substring, _ scheme: GateScheme) throws(UnreadableGate) -> String {
        let path = try address(rest, scheme)
        guard path.utf8.first == UInt8(ascii: "/") else {
            let what = path.isEmpty ? "no path" : "the path is not absolute"
            throw UnreadableGate("\(what); write \(scheme.form), with three slashes")
        }
        return String(path)
    }

    private func socketPath(_ path: String) throws(UnreadableGate) -> String {
        guard path.utf8.count <= SocketAddress.longestPath else {
            throw UnreadableGate("the path of a socket has at most \(SocketAddress.longestPath) bytes")
        }
        return path
    }

    // MARK: - What the program says, and what a command says

    private func command(_ rest: Substring) throws(UnreadableGate) -> ProbeCommand {
        guard let arguments = shellWords(try text(rest, "command")) else {
            throw UnreadableGate("an unclosed quotation mark (' ;' and ' #' begin comments), or a backslash at the end")
        }
        guard arguments.first?.isEmpty == false else {
            throw UnreadableGate("no command")
        }
        return ProbeCommand(arguments: arguments, user: user, directory: directory, environment: environment)
    }

    private func pattern(_ rest: Substring) throws(UnreadableGate) -> String {
        let pattern = try text(rest, "pattern")
        do throws(RegularExpression.Malformed) {
            _ = try RegularExpression(pattern)
        } catch {
            throw UnreadableGate("not a regular expression: \(error.reason)")
        }
        return pattern
    }

    /// Returns what follows the colon, without the white space around it.
    private func text(_ rest: Substring, _ what: String) throws(UnreadableGate) -> String {
        let text = String(rest).strippedAsPython
        guard !text.isEmpty else {
            throw UnreadableGate("no \(what) after the colon")
        }
        return text
    }

    private func notificationAddress() throws(UnreadableGate) -> String? {
        guard let address = environment["NOTIFY_SOCKET"] else {
            return nil
        }
        let isAbstract = address.utf8.first == UInt8(ascii: "@")
        guard isAbstract && address.utf8.count > 1 || address.utf8.first == UInt8(ascii: "/") else {
            throw UnreadableGate("NOTIFY_SOCKET in environment= is \(address.quoted), not an absolute path or @name")
        }
        return try socketPath(address)
    }
}
