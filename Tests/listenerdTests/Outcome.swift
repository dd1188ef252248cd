import ExecutableTesting
import Foundation

/// What came of running the program.
struct Outcome {
    let ending: RunningProgram.Ending
    /// What it wrote to standard output.
    let output: String
    /// What it wrote to standard error.
    let errors: String

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - environment: Variables besides those of the tests.
    ///   - input: What it reads from standard input.
    ///   - directory: The directory that it starts in, which is there.
    /// - Throws: ``TestFailure`` where it does not end.
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

    /// The same with a text replaced wherever it was printed, for example the path of a folder.
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
