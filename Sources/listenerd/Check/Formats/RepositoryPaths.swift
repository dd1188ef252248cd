import ListenerKit

/// The paths of files in a repository, as services that show problems beside its lines need them.
struct RepositoryPaths {
    private let workingDirectory: String
    private let root: String

    /// The variable with the directory of the repository in a GitHub workflow.
    private static let variable = "GITHUB_WORKSPACE"

    /// Finds the directory of the repository; without a variable that says so, it is the working directory.
    init(workingDirectory: String, _ environment: [String: String]) {
        self.workingDirectory = workingDirectory
        let workspace = environment[Self.variable].map { PathText.absolute($0, from: workingDirectory) }
        root = workspace.flatMap { "\(workingDirectory)/".hasPrefix("\($0)/") ? $0 : nil } ?? workingDirectory
    }

    /// Returns the path of a file from the repository's directory; the absolute one if it is elsewhere.
    func path(of file: String) -> String {
        file == CheckedFiles.standardInput
            ? file : PathText.absolute(file, from: workingDirectory).path(relativeTo: root)
    }

    /// Returns the reference to a file in which everything but letters, digits and `-._~/` is percent-encoded.
    func uri(of file: String) -> String {
        let path = path(of: file)
        let digits = Array("0123456789ABCDEF".utf8)
        var result = Array((path.utf8.first == UInt8(ascii: "/") ? "file://" : "").utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-")...UInt8(ascii: "/"), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                result.append(byte)
            default:
                result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
