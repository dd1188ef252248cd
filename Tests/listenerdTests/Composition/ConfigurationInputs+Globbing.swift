import Foundation
import ListenerKit

extension ConfigurationInputs {
    /// Files in memory, whose paths are matched as a shell matches them; relative ones start from `/srv`.
    static func globbing(
        _ files: [String: String],
        environment: [String: String] = [:]
    ) -> ConfigurationInputs {
        ConfigurationInputs(
            environment: environment,
            hostName: "node",
            workingDirectory: "/srv",
            readFile: { path throws(FileError) in
                guard let text = files[path] else {
                    throw .system(SystemError("read '\(path)'", code: ENOENT))
                }
                return Array(text.utf8)
            },
            pathsMatching: { pattern in
                files.keys.filter { fnmatch(pattern, $0, FNM_PATHNAME | FNM_PERIOD | FNM_NOESCAPE) == 0 }.sorted()
            }
        )
    }
}
