import ListenerKit

/// Warns of keys that are probably wrong: misspelled ones, and ones without effect.
struct KeySpelling {
    /// For each key that was met and is not supervisord's, the one that was probably meant.
    private var meanings: [String: String?] = [:]

    /// Checks the keys of a program.
    ///
    /// - Parameters:
    ///   - program: The program.
    ///   - dialect: By which keys it is started here, if it is.
    ///   - builder: Collects the warnings.
    mutating func check(_ program: ProgramConfiguration, _ dialect: StartupDialect?, _ builder: inout PlanBuilder) {
        for key in program.keys where !StartupKeys.supervisord.contains(key) {
            guard let location = program.location(ofKey: key) else {
                continue
            }
            if let meant = meaning(of: key) {
                let message = "\(program.name) has the unknown key \(key.quoted); did you mean '\(meant)'?"
                builder.report(.unknownKey, at: location, message)
            } else if key == StartupKeys.readyTimeout, program.location(ofKey: StartupKeys.ready) == nil {
                let message = "\(program.name) has \(key) without \(StartupKeys.ready)=, so it has no effect"
                builder.report(.ineffectiveKey, at: location, message)
            } else if program.kind != .program, StartupKeys.ofSupervisordPlugins.contains(key) {
                // The other dialects look at nothing but [program:x].
                let message = "\(key) has no effect in [\(program.sectionName)]; use \(StartupKeys.after)="
                builder.report(.ineffectiveKey, at: location, message)
            } else if let needed = Self.companions[key], dialect != needed.dialect, !isTrue(needed.key, in: program) {
                let message = "\(program.name) has \(key) without \(needed.key)=true, so it has no effect"
                builder.report(.ineffectiveKey, at: location, message)
            }
        }
    }

    /// For some keys, the one without which they have no effect.
    private static let companions: [String: (dialect: StartupDialect, key: String)] = [
        StartupKeys.waitFor: (.dependent, StartupKeys.dependent),
        StartupKeys.inheritPriority: (.dependent, StartupKeys.dependent),
    ]

    /// Whether a program has a key that does not count because of another dialect's, of which there is a warning already.
    private func isTrue(_ key: String, in program: ProgramConfiguration) -> Bool {
        (try? program.boolean(forKey: key)) ?? false
    }

    private mutating func meaning(of key: String) -> String? {
        if let known = meanings[key] {
            return known
        }
        let meant = StartupKeys.all.contains(key) ? nil : Suggestion.nearest(to: key, among: StartupKeys.all)
        meanings[key] = .some(meant)
        return meant
    }
}
