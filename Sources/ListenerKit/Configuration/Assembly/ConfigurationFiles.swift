/// The main file and those that it includes, merged as supervisord merges them.
package struct ConfigurationFiles {
    /// All sections of all files.
    package private(set) var document = INIDocument()
    /// The files that were read, the main one first.
    package private(set) var paths: [String] = []
    /// What was found wrong with the files themselves.
    package private(set) var problems: [ConfigurationProblem] = []
    /// The directory of the main file: `%(here)s`.
    package let here: String
    /// What `[include]` names, expanded.
    package private(set) var patterns: [String] = []
    /// Where it names that.
    package private(set) var patternsLocation: ConfigurationLocation?
    /// Where options stand that others may replace without a word: those of a main file that was composed.
    private(set) var replaceable: Set<ConfigurationLocation> = []
    /// The first file that the main one includes, where that was composed: the base.
    private(set) var composedOf: String?
    /// What tells later whether they have changed.
    private(set) var version: ConfigurationVersion
    private let inputs: ConfigurationInputs

    /// The first line of a main file that was composed, by which it is known again.
    package static let firstComposedLine = "; Composed by listenerd supervise for one run."

    /// Reads a file and what it includes.
    ///
    /// - Throws: ``ConfigurationError`` where the file cannot be read, or any of the files is malformed.
    package static func read(
        _ path: String,
        _ inputs: ConfigurationInputs
    ) throws(ConfigurationError) -> ConfigurationFiles {
        var files = ConfigurationFiles(path, inputs)
        try files.readMainFile(path)
        try files.readIncludedFiles()
        files.composedOf = files.replaceable.isEmpty ? nil : files.paths.dropFirst().first
        return files
    }

    /// Reads a main file that was put together, and what it includes.
    ///
    /// - Parameters:
    ///   - text: The main file.
    ///   - origins: Where its lines, counted from 1, were taken from.
    ///   - path: Where it is going to be.
    ///   - inputs: The world with all other files.
    /// - Returns: The files, the main one not among their paths: its lines stem from the others.
    /// - Throws: ``ConfigurationError`` where any of the files is malformed.
    package static func read(
        composed text: String,
        origins: [Int: ConfigurationLocation],
        at path: String,
        _ inputs: ConfigurationInputs
    ) throws(ConfigurationError) -> ConfigurationFiles {
        var files = ConfigurationFiles(path, inputs)
        try INIReader.read(Array(text.utf8), file: path, origins: origins, into: &files.document)
        files.replaceable = files.document.locationsOfOptions
        try files.readIncludedFiles()
        // Its [include] is that of the base.
        files.patternsLocation.map { _ = files.replaceable.remove($0) }
        return files
    }

    private init(_ path: String, _ inputs: ConfigurationInputs) {
        here = PathText.absolute(PathText.directory(of: path), from: inputs.workingDirectory)
        version = ConfigurationVersion(mainFile: path)
        self.inputs = inputs
    }

    private mutating func readMainFile(_ path: String) throws(ConfigurationError) {
        version.add(path, inputs)
        let bytes = try inputs.bytes(ofFile: path)
        try read(bytes, from: path)
        if bytes.starts(with: Self.firstComposedLine.utf8) {
            replaceable = document.locationsOfOptions
        }
    }

    /// Reads what `[include]` of the main file names; an included file includes nothing.
    private mutating func readIncludedFiles() throws(ConfigurationError) {
        guard let include = document.section(named: "include") else {
            return
        }
        document.replaceHere(with: here)
        let names = ExpansionNames(environment: inputs.environment, here: here, hostName: inputs.hostName)
        // The section is taken again, because the replacement has changed it.
        let section = document.section(named: "include") ?? include
        var reader = SectionReader(
            ConfigurationSection(written: section, defaults: document.defaults, names: names)
        )
        if reader.section.option("files") == nil {
            reader.report("[include] needs files=; supervisord rejects the configuration without it")
        }
        patterns = (reader.text("files") ?? "").pythonWords
        problems += reader.problems
        patternsLocation = reader.section.option("files")?.location
        let location = patternsLocation ?? include.location
        for pattern in patterns {
            try readFiles(matching: pattern, at: location)
        }
    }

    private mutating func readFiles(
        matching pattern: String,
        at location: ConfigurationLocation
    ) throws(ConfigurationError) {
        let absolute = PathText.joined(here, pattern)
        version.add(pattern: absolute)
        let paths = inputs.pathsMatching(absolute)
        if paths.isEmpty {
            warn(at: location, "no file matches \(pattern.quoted)")
        }
        for path in paths {
            let bytes: [UInt8]
            version.add(path, inputs)
            do {
                bytes = try inputs.readFile(path)
            } catch {
                guard error.isPassedOver else {
                    throw .unreadable(error, includedAt: location)
                }
                warn(at: location, "\(error); supervisord skips it silently")
                continue
            }
            try read(bytes, from: path)
            document.replaceHere(with: PathText.absolute(PathText.directory(of: path), from: here))
        }
    }

    private mutating func read(_ bytes: [UInt8], from path: String) throws(ConfigurationError) {
        try INIReader.read(bytes, file: path, into: &document)
        paths.append(path)
        if let line = Self.lineThatIsNotText(bytes) {
            let location = ConfigurationLocation(file: path, line: line)
            let message = "the line is not valid UTF-8; supervisord rejects the file; save it as UTF-8"
            problems.append(ConfigurationProblem(.error, at: location, message))
        }
    }

    private mutating func warn(at location: ConfigurationLocation, _ message: String) {
        problems.append(ConfigurationProblem(.warning, at: location, message))
    }

    /// The first line that is not UTF-8, counted from 1.
    private static func lineThatIsNotText(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else {
            return nil
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }
}

extension FileError {
    /// Whether supervisord leaves out a file that is included: one that it cannot open, or that is a directory; others it
    /// reads, however long that takes.
    fileprivate var isPassedOver: Bool {
        switch self {
        case .system, .notRegular(_, .directory), .notRegular(_, .socket): true
        case .notRegular, .tooLarge: false
        }
    }
}

extension INIDocument {
    fileprivate var locationsOfOptions: Set<ConfigurationLocation> {
        Set(sections.flatMap { $0.options.map { $0.location } })
    }
}

extension String {
    /// The words between white space, as Python's `split` finds them.
    fileprivate var pythonWords: [String] {
        let bytes = Array(utf8)
        var words: [String] = []
        var start = 0
        var index = 0
        while index < bytes.count {
            let length = PythonWhitespace.length(at: index, before: bytes.count, in: bytes)
            if length > 0, start < index {
                words.append(String(decoding: bytes[start..<index], as: UTF8.self))
            }
            index += max(length, 1)
            start = length > 0 ? index : start
        }
        if start < bytes.count {
            words.append(String(decoding: bytes[start...], as: UTF8.self))
        }
        return words
    }
}
