import ListenerKit

extension CheckRules {
    /// The rules about keys of logs that do not go together.
    static let logKeys = [sharedLog, ignoredStderrLog, deprecatedSyslog]

    private static let sharedLog = CheckRule(
        "shared-log",
        .warning,
        "a log to which two programs write, or both streams of one, and which is rotated",
        reason: """
            Each counts and renames for itself: the other goes on writing to a renamed file, old lines are dropped too early.
            """
    ) { checked, findings in
        for uses in checked.logUses where uses.contains(where: { $0.isRotated }) {
            guard let first = uses.first, let second = uses.dropFirst().first else {
                continue
            }
            let others = Set(uses.map { $0.program.sectionName }).count - 2
            let more = others > 0 ? " (and \(others) more)" : ""
            let isOne = first.program.sectionName == second.program.sectionName && others < 0
            let message =
                isOne
                ? """
                stdout_logfile and stderr_logfile of \(first.program.name) are both \(first.path.quoted), and both rotate it, \
                which scatters and loses lines; set redirect_stderr=true instead of stderr_logfile=
                """
                : """
                \(second.program.name) writes to \(first.path.quoted), as \(first.program.name) does\(more), and each rotates \
                it, which scatters and loses lines; give each a log of its own
                """
            findings.add(second.key, of: second.program, message)
        }
    }

    private static let ignoredStderrLog = CheckRule(.ineffectiveKey) { checked, findings in
        for program in checked.configuration.programs where program.redirectsStderr {
            // Other words than a path, which change nothing, may be there to say so.
            guard let log = try? program.value(forKey: "stderr_logfile"), case .file = ProgramLog(log.text) else {
                continue
            }
            findings.add(
                log.location,
                """
                stderr_logfile of \(program.name) has no effect with redirect_stderr=true, by which both streams go to \
                stdout_logfile; remove one of them
                """
            )
        }
    }

    private static let deprecatedSyslog = CheckRule(
        "deprecated-syslog",
        .warning,
        "a log named syslog, for which there is a key of its own since supervisor 4",
        reason: "supervisord warns of it at each start, and will take it for the name of a file once that is removed."
    ) { checked, findings in
        let uses = checked.allPrograms.flatMap { program in
            ["stdout", "stderr"].compactMap { stream in
                let log = try? program.value(forKey: "\(stream)_logfile")
                return log?.text.lowercased() == "syslog" ? (program: program, stream: stream) : nil
            }
        }
        guard let first = uses.first else {
            return
        }
        let more = uses.count > 1 ? " (and \(uses.count - 1) more)" : ""
        findings.add(
            "\(first.stream)_logfile",
            of: first.program,
            """
            \(first.stream)_logfile=syslog of \(first.program.name)\(more) is deprecated; write \(first.stream)_logfile=NONE and \
            \(first.stream)_syslog=true
            """
        )
    }
}

/// A key that names a log.
private struct LogUse {
    let key: String
    let program: ProgramConfiguration
    let path: String
    let isRotated: Bool
}

extension CheckedConfiguration {
    /// The uses of each file as a log, in the order of the files.
    fileprivate var logUses: [[LogUse]] {
        var uses: [[LogUse]] = []
        var positions: [String: Int] = [:]
        for program in allPrograms {
            for use in program.logUses where !use.path.hasPrefix("/dev/") && !isStream(use.path) {
                if let position = positions[use.path] {
                    uses[position].append(use)
                } else {
                    positions[use.path] = uses.count
                    uses.append([use])
                }
            }
        }
        return uses
    }
}

extension ProgramConfiguration {
    fileprivate var logUses: [LogUse] {
        var uses: [LogUse] = []
        if case .file(let path) = stdoutLog {
            uses.append(LogUse(key: "stdout_logfile", program: self, path: path, isRotated: stdoutLogMaximumBytes != 0))
        }
        if case .file(let path) = stderrLog, !redirectsStderr {
            uses.append(LogUse(key: "stderr_logfile", program: self, path: path, isRotated: stderrLogMaximumBytes != 0))
        }
        return uses
    }
}
