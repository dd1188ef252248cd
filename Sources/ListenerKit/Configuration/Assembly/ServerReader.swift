/// Reads a server section.
struct ServerReader {
    private var reader: SectionReader

    /// Reads a section; the server is nil if its address is invalid.
    static func read(
        _ section: ConfigurationSection,
        here: String,
        inputs: ConfigurationInputs
    ) -> (server: ServerConfiguration?, problems: [ConfigurationProblem]) {
        var this = ServerReader(reader: SectionReader(section))
        let endpoint =
            section.name.utf8.starts(with: "unix_http_server".utf8)
            ? this.readUnixEndpoint(here: here, inputs) : this.readInetEndpoint()
        let owner = this.reader.value("chown", as: .owner)
        let permissions = this.reader.value("chmod", as: .octal)
        let username = this.reader.text("username")
        let password = this.reader.text("password")
        if (section.option("username") == nil) != (section.option("password") == nil) {
            this.reader.report(.missingKey, "[\(section.name)] needs both username and password, or neither")
        }
        let server = endpoint.map {
            ServerConfiguration(
                sectionName: section.name,
                location: section.location,
                endpoint: $0,
                username: username,
                password: password,
                owner: owner,
                permissions: permissions ?? 0o700
            )
        }
        return (server, this.reader.problems)
    }

    private mutating func readUnixEndpoint(
        here: String,
        _ inputs: ConfigurationInputs
    ) -> Endpoint? {
        guard let option = reader.section.option("file") else {
            reader.report(.missingKey, "[\(reader.section.name)] needs file=")
            return nil
        }
        // This is the only key of a server section that can refer to %(here)s.
        reader.section.names.here = here
        guard let file = reader.expand(option.text, of: option)?.strippedAsPython else {
            return nil
        }
        let path = PathText.expandingHome(file, home: inputs.environment["HOME"])
        return .unix(path: PathText.absolute(path, from: inputs.workingDirectory))
    }

    private mutating func readInetEndpoint() -> Endpoint? {
        guard reader.section.option("port") != nil else {
            reader.report(.missingKey, "[\(reader.section.name)] needs port=")
            return nil
        }
        guard let address = reader.text("port") else {
            return nil
        }
        let colon = address.utf8.lastIndex(of: UInt8(ascii: ":"))
        let digits = colon.map { address[address.utf8.index(after: $0)...] } ?? address[...]
        guard let port = Conversion<UInt16>.port.convert(String(digits)) else {
            reader.report(.invalidValue, "port", "must be a port from 1 to 65535, or host:port, not \(address.quoted)")
            return nil
        }
        var host = colon.map { address[..<$0].lowercased() } ?? ""
        if host.utf8.first == UInt8(ascii: "["), host.utf8.last == UInt8(ascii: "]") {
            host = String(host.dropFirst().dropLast())
        }
        return .http(host: host.isEmpty || host == "*" ? "localhost" : host, port: port)
    }
}
