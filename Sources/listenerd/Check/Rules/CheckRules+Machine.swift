import ListenerKit

extension CheckRules {
    /// The rules about users, groups and folders of the machine.
    static let machine = [unknownAccount, missingFolder, logInPlaceOfFolder, foreignUser]

    private static let unknownAccount = CheckRule(
        "unknown-account",
        .warning,
        "a user or group that does not exist on this machine",
        reason: "supervisord does not start on a machine without it. It is an error where supervisord is to run here."
    ) { checked, findings in
        let missing = checked.missingUsers + checked.missingGroups
        guard !checked.isForElsewhere || missing.count == 1 else {
            return findings.addTogether(missing, "users and groups", "without them, supervisord does not start")
        }
        let severity: ConfigurationProblem.Severity =
            checked.isThisMachine && checked.machine.knowsAllAccounts ? .error : .warning
        for (reference, count) in checked.missingUsers {
            let words =
                "is no user of this machine, without whom supervisord does not start; create the user, or name another one"
            findings.add(reference, count, words, severity)
        }
        for (reference, count) in checked.missingGroups {
            let words =
                "is no group of this machine, without which supervisord does not start; create it, or name another one"
            findings.add(reference, count, words, severity)
        }
    }

    private static let missingFolder = CheckRule(
        "missing-folder",
        .warning,
        "a folder that does not exist on this machine",
        reason: """
            supervisord creates no folders: without one of its own, or of a log, it does not start; without that of \
            directory=, the program does not. It is an error where supervisord is to run here.
            """
    ) { checked, findings in
        guard !checked.isForElsewhere || checked.missingFolders.count == 1 else {
            return findings.addTogether(checked.missingFolders, "folders", "supervisord does not create them")
        }
        let severity: ConfigurationProblem.Severity = checked.isThisMachine ? .error : .warning
        for (reference, count) in checked.missingFolders {
            findings.add(
                reference,
                count,
                "is no folder of this machine, and supervisord does not create it; create it, or name another one",
                severity
            )
        }
    }

    private static let logInPlaceOfFolder = CheckRule(
        "log-is-folder",
        .warning,
        "a log or pidfile whose path is a folder",
        reason: "supervisord cannot write to it. It is an error where supervisord is to run here."
    ) { checked, findings in
        let severity: ConfigurationProblem.Severity = checked.isThisMachine ? .error : .warning
        for reference in checked.fileReferences where checked.machine.isDirectory(reference.name) {
            findings.add(reference, 1, "is a folder; name a file in it", severity)
        }
    }

    private static let foreignUser = CheckRule(
        "foreign-user",
        .error,
        "another user than the one who runs supervisord, who is not root",
        reason: "Nobody but root can become another user: supervisord, or the program, does not start."
    ) { checked, findings in
        guard checked.isThisMachine, checked.machine.userID != 0 else {
            return
        }
        for (reference, count) in checked.userReferences.counted {
            if let user = checked.machine.idOfUser(reference.name), user != checked.machine.userID {
                let words = "is not the user who runs this, and nobody but root can become another one; run it as root"
                findings.add(reference, count, words, nil)
            }
        }
    }
}

extension Findings {
    /// Adds one problem for all that a configuration for another machine names: here it would lack most of that.
    fileprivate mutating func addTogether(
        _ missing: [(reference: MachineReference, count: Int)],
        _ things: String,
        _ consequence: String
    ) {
        guard let first = missing.first else {
            return
        }
        let names = missing.prefix(Self.mostNames).map { $0.reference.name.quoted }.joined(separator: ", ")
        let more = missing.count > Self.mostNames ? " and \(missing.count - Self.mostNames) more" : ""
        add(
            first.reference.location,
            "this machine does not have the \(things) \(names)\(more): \(consequence); --here, where it is to run, names each"
        )
    }

    /// How many names are worth reading in one line.
    private static let mostNames = 5

    fileprivate mutating func add(
        _ reference: MachineReference,
        _ count: Int,
        _ words: String,
        _ severity: ConfigurationProblem.Severity?
    ) {
        let others = count > 1 ? " (and \(count - 1) more)" : ""
        let place = "\(reference.key) in [\(reference.section)]\(others)"
        add(reference.location, "\(place): \(reference.name.quoted) \(words)", severity: severity)
    }
}
