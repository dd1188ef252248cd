import ListenerKit

/// Option lines without a section header, which are added to every program of every role.
struct CommonOptions {
    /// The path of their file.
    let file: String
    /// All lines of the file, with `%(here)s` replaced.
    let lines: [String]

    /// Reads the file.
    ///
    /// - Throws: ``ConfigurationError`` if it cannot be read, is malformed, or has a section header.
    init(file: String, _ inputs: ConfigurationInputs) throws(ConfigurationError) {
        let bytes = try inputs.bytes(ofFile: file)
        try INIReader.checkOptions(bytes, file: file)
        let directory = PathText.directory(of: file)
        var lines: [String] = []
        var start = 0
        while start < bytes.count {
            let line = INIReader.line(from: start, in: bytes)
            guard let text = String(validating: bytes[start..<line.end], as: UTF8.self) else {
                throw .malformed(at: ConfigurationLocation(file: file, line: lines.count + 1), line: .notText)
            }
            lines.append(text.replacing(bytesOf: "%(here)s", with: directory))
            start = line.next
        }
        self.file = file
        self.lines = lines
    }
}
