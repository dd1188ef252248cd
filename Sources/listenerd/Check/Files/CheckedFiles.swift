import ListenerKit
import Synchronization

/// The files that are checked: each is read once, standard input by a name, and templates without their tags.
final class CheckedFiles: Sendable {
    /// The name of standard input.
    static let standardInput = "<stdin>"

    private struct File {
        let bytes: [UInt8]
        let template: Template?
    }

    private let state = Mutex<[String: File]>([:])

    /// Returns a file as it is written.
    ///
    /// - Throws: ``FileError`` if it cannot be read.
    func bytes(ofFile path: String) throws(FileError) -> [UInt8] {
        try file(path).bytes
    }

    /// Returns a file as a template; nil if it is none, or was not read.
    func template(_ path: String) -> Template? {
        state.withLock { $0[path]?.template }
    }

    /// Returns the inputs of this process, with these files.
    func inputs(environment: [String: String]) -> ConfigurationInputs {
        var inputs = ConfigurationInputs.current(environment: environment)
        inputs.readFile = { path throws(FileError) in
            let file = try self.file(path)
            return file.template?.text ?? file.bytes
        }
        return inputs
    }

    private func file(_ path: String) throws(FileError) -> File {
        if let known = state.withLock({ $0[path] }) {
            return known
        }
        let bytes = path == Self.standardInput ? try ListenerKit.standardInput(named: path) : try contents(ofFile: path)
        let file = File(bytes: bytes, template: Template(bytes))
        state.withLock { $0[path] = file }
        return file
    }
}
