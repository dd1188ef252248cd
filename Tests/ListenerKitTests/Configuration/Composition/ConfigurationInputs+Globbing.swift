import Foundation
import ListenerKit

extension ConfigurationInputs {
    /// A world of files in memory, whose paths are matched as a shell matches them; relative ones start from `/srv`.
    static func globbing(
        _ files: [String: String],
        environment: [String: String] = [:]
    ) -> ConfigurationInputs {
        var inputs = make(files: files, environment: environment)
        inputs.pathsMatching = { pattern in
            files.keys.filter { fnmatch(pattern, $0, FNM_PATHNAME | FNM_PERIOD | FNM_NOESCAPE) == 0 }.sorted()
        }
        return inputs
    }
}
