import ExecutableTesting
import Foundation

/// The output and the exit status of a run of the program.
struct Outcome {
    let ending: RunningProgram.Ending
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errors: String

    /// Runs the program until it exits.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Variables, besides those of the tests.
    ///   - input: Its standard input.
    ///   - directory: Its working directory, which must exist.
    /// - Throws: ``TestFailure`` if it does not exit.
    init(
        of arguments: [String],
        environment: [String: String] = [:],
        input: String = "",
        in directory: String = "."
    ) async throws {
        let folder = try TestFolder()
        try folder.write(input, to: "input")
        let program = try RunningProgram(
            "/bin/sh",
            ["-c", "cd \"$0\" && exec \"$@\"", directory, TestedExecutable.listenerd] + arguments,
            environment: environment,
            input: folder.path(of: "input"),
            output: folder.path(of: "output"),
            errors: folder.path(of: "errors")
        )
        ending = try await program.waitForEnd(diagnostics: { folder.text(of: "errors") })
        output = folder.text(of: "output")
        errors = folder.text(of: "errors")
    }

    /// Returns the outcome with a text replaced in all output, for example the path of a folder.
    func replacing(_ text: String, with replacement: String) -> Outcome {
        Outcome(
            ending: ending,
            output: output.replacingOccurrences(of: text, with: replacement),
            errors: errors.replacingOccurrences(of: text, with: replacement)
        )
    }

    private init(ending: RunningProgram.Ending, output: String, errors: String) {
        self.ending = ending
        self.output = output
        self.errors = errors
    }
}
