/// Checks the socket of a `[fcgi-program:x]`.
struct FastCGIReader {
    private var reader: SectionReader

    /// Returns the owner of a program's socket file, and the problems with the socket.
    static func read(
        _ section: ConfigurationSection,
        programName: String
    ) -> (owner: FileOwner?, problems: [ConfigurationProblem]) {
        var this = FastCGIReader(reader: SectionReader(section))
        let backlog = this.reader.value("socket_backlog", as: .integer)
        if let backlog, !(1...65535).contains(backlog) {
            this.reader.report(.invalidValue, "socket_backlog", "must be from 1 to 65535, not \(backlog)")
        }
        let owner = this.reader.value("socket_owner", as: .owner)
        this.checkSocket(programName)
        return (owner, this.reader.problems)
    }

    private mutating func checkSocket(_ programName: String) {
        let mode = reader.value("socket_mode", as: .octal)
        reader.section.names.programName = programName
        guard let option = reader.section.option("socket") else {
            reader.report(.missingKey, "[\(reader.section.name)] needs socket=")
            return
        }
        guard let socket = reader.expand(option.text, of: option) else {
            return
        }
        if socket.utf8.starts(with: "unix://".utf8) {
            if !socket.utf8.starts(with: "unix:///".utf8) {
                reader.report(.invalidValue, "socket", "must name an absolute path, as in unix:///run/app.sock")
            }
        } else if reader.section.option("socket_owner") != nil || mode != nil {
            reader.report(.invalidValue, "socket", "must be a unix:// socket if socket_owner or socket_mode is given")
        } else if !Self.isTCPAddress(socket) {
            reader.report(.invalidValue, "socket", "must be unix:///path or tcp://host:port, not \(socket.quoted)")
        }
    }

    private static func isTCPAddress(_ text: String) -> Bool {
        let scheme = "tcp://"
        guard text.utf8.starts(with: scheme.utf8) else {
            return false
        }
        let parts = text.dropFirst(scheme.utf8.count).split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty, !parts[0].utf8.contains(where: PythonWhitespace.isWhitespace) else {
            return false
        }
        return !parts[1].isEmpty
            && parts[1].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            && Conversion<UInt16>.port.convert(String(parts[1])) != nil
    }
}
