/// The main file and the files that it includes, merged as supervisord merges them.
package struct ConfigurationFiles {
    /// All sections of all files.
    package private(set) var document = INIDocument()
    /// The files that were read, the main one first.
    package private(set) var paths: [String] = []
    /// The problems with the files themselves.
    package private(set) var problems: [ConfigurationProblem] = []
    /// The directory of the main file: `%(here)s`.
    package let here: String
    /// The expanded patterns of `[include]`.
    package private(set) var patterns: [String] = []
    /// The location of its `files=`.
    package private(set) var patternsLocation: ConfigurationLocation?
    /// The locations of options that may be replaced without a warning: those of a composed main file.
    private(set) var replaceable: Set<ConfigurationLocation> = []
    /// The base of a composed main file, which is the first file that it includes; nil if it was not composed.
    private(set) var composedOf: String?
    /// The file of a composed configuration whose options replace others without a warning; nil if there is none.
    private(set) var replacing: String?
    /// Whether a file that was not read may add to the sections.
    package private(set) var isIncomplete = false
    /// The version of the files, by which a change is noticed later.
    private(set) var version: ConfigurationVersion
    private let inputs: ConfigurationInputs

    /// The first line of a composed main file, by which it is recognized.
    package static let firstComposedLine = "; Composed by listenerd supervise for one run."

    /// Reads a file and those that it includes.
    ///
    /// - Throws: ``ConfigurationError`` if the file cannot be read, or one of them is malformed.
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

    /// Reads a composed main file, and the files that it includes.
    ///
    /// - Parameters:
    ///   - text: The main file.
    ///   - origins: The locations that its lines, counted from 1, were taken from.
    ///   - path: The path at which it will be written.
    ///   - inputs: The inputs, with all other files.
    /// - Returns: The files; the main one is not among their paths, as its lines are those of other files.
    /// - Throws: ``ConfigurationError`` if one of the files is malformed.
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
        // Its [include] was taken from the base, so that replacing it is reported.
        files.patternsLocation.map { _ = files.replaceable.remove($0) }
        return files
    }

    /// Reads a composed file that the main file includes last.
    ///
    /// - Parameters:
    ///   - text: The file.
    ///   - origins: The locations that its lines, counted from 1, were taken from: those of the options that are replaced.
    ///   - path: The path of a file in the same directory.
    /// - Throws: ``ConfigurationError`` if it is malformed.
    package mutating func replaceOptions(
        by text: String,
        origins: [Int: ConfigurationLocation],
        at path: String
    ) throws(ConfigurationError) {
        try INIReader.read(Array(text.utf8), file: path, origins: origins, into: &document)
    }

    /// Reads files that another one includes, without that one.
    ///
    /// - Parameters:
    ///   - paths: The files, at least one, in the order in which they are included.
    ///   - inputs: The inputs with the files.
    /// - Returns: The files; the first one counts as the main file.
    /// - Throws: ``ConfigurationError`` if a file cannot be read, or is malformed.
    package static func read(
        fragments paths: [String],
        _ inputs: ConfigurationInputs
    ) throws(ConfigurationError) -> ConfigurationFiles {
        var files = ConfigurationFiles(paths.first ?? "", inputs)
        files.isIncomplete = true
        for path in paths {
            files.version.add(path, inputs)
            try files.read(try inputs.bytes(ofFile: path), from: path)
            files.document.replaceHere(with: files.here)
        }
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

    /// Reads the files that match `[include]` of the main file; supervisord ignores it in included files.
    private mutating func readIncludedFiles() throws(ConfigurationError) {
        guard let include = document.section(named: "include") else {
            return
        }
        document.replaceHere(with: here)
        let names = ExpansionNames(environment: inputs.environment, here: here, hostName: inputs.hostName)
        // The section is read again, because the replacement has changed it.
        let section = document.section(named: "include") ?? include
        var reader = SectionReader(
            ConfigurationSection(written: section, defaults: document.defaults, names: names)
        )
        if reader.section.option("files") == nil {
            reader.report(.missingKey, "[include] needs files=; supervisord rejects the configuration without it")
        }
        let text = reader.text("files")
        isIncomplete = text == nil && reader.section.option("files") != nil
        patterns = (text ?? "").pythonWords
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
            problems.append(ConfigurationProblem(emptyPattern: pattern, at: location))
        }
        for path in paths {
            let bytes: [UInt8]
            version.add(path, inputs)
            do {
                bytes = try inputs.readFile(path)
            } catch {
                guard error.isSkipped else {
                    throw .unreadable(error, includedAt: location)
                }
                warn(.skippedFile, at: location, "\(error); supervisord skips it silently")
                continue
            }
            try read(bytes, from: path)
            if bytes.starts(with: Self.firstComposedLine.utf8) {
                replacing = path
            }
            document.replaceHere(with: PathText.absolute(PathText.directory(of: path), from: here))
        }
    }

    private mutating func read(_ bytes: [UInt8], from path: String) throws(ConfigurationError) {
        try INIReader.read(bytes, file: path, into: &document)
        paths.append(path)
        if let line = Self.lineThatIsNotText(bytes) {
            let location = ConfigurationLocation(file: path, line: line)
            let message = "the line is not valid UTF-8; supervisord rejects the file; save it as UTF-8"
            problems.append(ConfigurationProblem(.syntax, at: location, message))
        }
    }

    private mutating func warn(
        _ rule: ConfigurationRule,
        at location: ConfigurationLocation,
        _ message: String
    ) {
        problems.append(ConfigurationProblem(rule, at: location, message))
    }

    /// Returns the number of the first line that is not UTF-8, from 1; nil if all are.
    private static func lineThatIsNotText(_ bytes: [UInt8]) -> Int? {
        guard String(validating: bytes, as: UTF8.self) == nil else {
            return nil
        }
        let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        return lines.firstIndex { String(validating: $0, as: UTF8.self) == nil }.map { $0 + 1 }
    }
}

extension FileError {
    /// Whether supervisord skips an included file.
    ///
    /// It does so if the file cannot be opened, or is a directory. It reads any other file, however long that takes.
    fileprivate var isSkipped: Bool {
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
    /// The words separated by white space, as Python's `split` returns them.
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
