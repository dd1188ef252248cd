import ExecutableTesting
import Foundation

/// The names of all tests of this repository.
enum TestNames {
    /// Suites, `Suite.test`, and the paths of scripts and benchmarks below `Tests`.
    static let all: Set<String> = {
        let files = FileManager.default.enumerator(atPath: "\(TestedExecutable.package)/Tests")
        var names: Set<String> = []
        while let path = files?.nextObject() as? String {
            names.insert("Tests/\(path)")
            if path.hasSuffix(".swift"),
                let text = try? String(contentsOfFile: "\(TestedExecutable.package)/Tests/\(path)", encoding: .utf8)
            {
                names.formUnion(tests(in: text))
            }
        }
        return names
    }()

    private static func tests(in text: String) -> Set<String> {
        guard let suite = text.firstMatch(of: /(?:struct|class|extension) (\w+Tests)\b/)?.1 else {
            return []
        }
        // Attributes with arguments stand between the word and the function.
        let found = text.split(separator: "@Test").dropFirst().compactMap {
            $0.firstMatch(of: /\bfunc (`[^`]+`|\w+)/)?.1
        }
        return Set(["\(suite)"] + found.map { "\(suite).\($0)" })
    }
}
