import ListenerKit

/// Checks configurations, and collects their problems.
struct ConfigurationCheck {
    /// Standard input, among the files to check.
    static let standardInput = "-"

    private let settings: CheckSettings
    private let files = CheckedFiles()
    /// The files in the order in which their problems are reported.
    private var order: [String] = []
    private var problems: [ConfigurationProblem] = []

    /// Begins without problems.
    init(_ settings: CheckSettings) {
        self.settings = settings
    }

    /// Checks a configuration.
    ///
    /// - Parameter load: Reads the configuration, with the files that are passed to it.
    /// - Returns: The files that the configuration was read from.
    /// - Throws: What `load` throws, unless that concerns a line of a file: then it is a problem.
    @discardableResult
    mutating func add(_ load: (CheckedFiles) throws -> LoadedPlan) throws -> [String] {
        let loaded: LoadedPlan
        do {
            loaded = try load(files)
        } catch {
            guard let problem = ConfigurationProblem(error) else {
                throw error
            }
            // No other problem can be found in a configuration that cannot be read.
            let file = problem.location.file
            order.append(file)
            add(files.template(file) == nil ? [problem] : [], of: [file], sources([file]))
            return [file]
        }
        let paths = loaded.configuration.files
        let checked = CheckedConfiguration(
            loaded,
            isThisMachine: settings.isThisMachine,
            stopTimeout: settings.stopTimeout,
            sources: sources(paths)
        )
        let certain = CertainProblems(checked, files, assumesEnvironment: settings.assumesEnvironment)
        let found = loaded.problems + CheckRules.all.flatMap { $0.problems(of: checked) }
        order += paths
        add(found.filter { certain.include($0) && !checked.isOfThisMachineAlone($0) }, of: paths, checked.sources)
        return paths
    }

    /// Checks files: each with `[supervisord]` as a configuration of its own, the others together, folder by folder.
    ///
    /// - Parameters:
    ///   - arguments: The files.
    ///   - options: The options, which may choose roles and name a file of variables.
    /// - Throws: ``ConfigurationError`` if the file of variables cannot be read; ``RoleError``.
    mutating func add(_ arguments: [String], _ options: OptionValues) throws {
        let environment = currentEnvironment().merging(try EnvironmentFile.variables(options)) { $1 }
        let operands = FileOperands(arguments, files)
        for error in operands.errors {
            order.append(error.location.file)
            add([error], of: [], sources([]))
        }
        let inputs = files.inputs(environment: environment)
        var included: [String: [String]] = [:]
        for file in operands.configurations {
            included[file] = try add { _ in
                file == CheckedFiles.standardInput
                    ? LoadedPlan(try SupervisorConfiguration(path: file, inputs))
                    : try LoadedPlan(file: file, options, inputs)
            }
        }
        for fragments in operands.fragments(besides: included.values.flatMap { $0 }) {
            let readable = try fragments.filter { try isReadable($0) }
            if !readable.isEmpty {
                try add { _ in LoadedPlan(try SupervisorConfiguration(fragments: readable, inputs)) }
            }
        }
        order = operands.all.flatMap { [$0] + (included[$0] ?? []) } + order
    }

    /// Returns whether a fragment can be read by itself; if it cannot, adds the problem.
    private mutating func isReadable(_ fragment: String) throws -> Bool {
        var document = INIDocument()
        do {
            let bytes = try files.inputs(environment: [:]).bytes(ofFile: fragment)
            try INIReader.read(bytes, file: fragment, into: &document)
            return true
        } catch {
            try add { _ in throw error }
            return false
        }
    }

    private func sources(_ paths: [String]) -> SourceFiles {
        SourceFiles(paths) { path throws(FileError) in try files.bytes(ofFile: path) }
    }

    /// Adds problems, and those of the files as text, without what is disabled.
    private mutating func add(_ found: [ConfigurationProblem], of paths: [String], _ sources: SourceFiles) {
        let comments = DisablingComments(in: paths, sources)
        let all = found + comments.problems + paths.compactMap { path in files.template(path)?.problem(in: path) }
        problems += all.filter { !settings.disabledRules.contains($0.rule) && !comments.disable($0) }
    }

    /// Prints the problems.
    ///
    /// - Parameter output: The output to print to.
    /// - Returns: The exit status: 65 if there is an error.
    func report(to output: inout CommandOutput) -> ExitStatus {
        let sorted = problems.sorted(byPlaceIn: order)
        output.print(settings.format.text(of: sorted))
        let isRefused = settings.isStrict && sorted.contains { $0.severity != .note }
        return isRefused ? .configuration : sorted.exitStatus
    }
}
