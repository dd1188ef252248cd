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
        let known = checked.machine
        let severity: ConfigurationProblem.Severity =
            checked.isThisMachine && known.knowsAllAccounts ? .error : .warning
        for (reference, count) in checked.userReferences.counted where known.idOfUser(reference.name) == nil {
            let words = "is no user of this machine, without whom supervisord does not start"
            findings.add(reference, count, words, severity)
        }
        for (reference, count) in checked.groupReferences.counted where !known.hasGroup(reference.name) {
            let words = "is no group of this machine, without which supervisord does not start"
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
        let severity: ConfigurationProblem.Severity = checked.isThisMachine ? .error : .warning
        let missing = checked.folderReferences.filter { !checked.machine.isDirectory($0.name) }
        for (reference, count) in missing.counted {
            findings.add(reference, count, "is no folder of this machine, and supervisord does not create it", severity)
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

extension CheckedConfiguration {
    /// The users that the configuration names.
    fileprivate var userReferences: [MachineReference] {
        supervisordReference(configuration.settings.user, "user")
            + allPrograms.flatMap { reference($0.user, "user", in: $0) } + ownerReferences { $0.user }
    }

    /// The groups that the configuration names.
    fileprivate var groupReferences: [MachineReference] {
        ownerReferences { $0.group }
    }

    /// Returns what the owners of socket files name.
    private func ownerReferences(_ part: (FileOwner) -> String?) -> [MachineReference] {
        let servers = configuration.servers.flatMap { server -> [MachineReference] in
            guard let name = server.owner.flatMap(part) else {
                return []
            }
            let location = configuration.document.section(named: server.sectionName)?["chown"]?.location
            let place = location ?? server.location
            return [MachineReference(name: name, key: "chown", section: server.sectionName, location: place)]
        }
        let programs = configuration.programs.flatMap { program in
            reference(program.socketOwner.flatMap(part), "socket_owner", in: program)
        }
        return servers + programs
    }

    /// The logs and pidfiles, with what they name as it is on the machine; relative paths only if it is this one.
    fileprivate var fileReferences: [MachineReference] {
        let settings = configuration.settings
        let own = supervisordReference(settings.logFile, "logfile") + supervisordReference(settings.pidFile, "pidfile")
        let logs = allPrograms.flatMap { program in
            reference(path(of: program.stdoutLog), "stdout_logfile", in: program)
                + reference(path(of: program.stderrLog), "stderr_logfile", in: program)
        }
        return (own + logs).compactMap { onMachine($0) }
    }

    private func path(of log: ProgramLog) -> String? {
        if case .file(let path) = log { path } else { nil }
    }

    /// The folders that must exist: those that the configuration names, and those of the files that it names.
    fileprivate var folderReferences: [MachineReference] {
        let settings = configuration.settings
        let own =
            supervisordReference(settings.directory, "directory")
            + supervisordReference(settings.childLogDirectory, "childlogdir")
        // A program changes its folder after supervisord has changed its own.
        let programs = allPrograms.flatMap { reference($0.directory, "directory", in: $0) }.filter {
            settings.directory == nil || $0.name.utf8.first == UInt8(ascii: "/")
        }
        let sockets = configuration.servers.flatMap { server -> [MachineReference] in
            guard case .unix(let path) = server.endpoint else {
                return []
            }
            let location = configuration.document.section(named: server.sectionName)?["file"]?.location
            let place = location ?? server.location
            return [MachineReference(name: path, key: "file", section: server.sectionName, location: place)]
        }
        let files = (fileReferences + sockets).compactMap { file in
            let folder = PathText.directory(of: file.name)
            return folder.isEmpty ? nil : file.naming(folder)
        }
        return (own + programs).compactMap { onMachine($0) } + files
    }

    /// Returns a reference by its path on the machine; nil if that is not known.
    private func onMachine(_ reference: MachineReference) -> MachineReference? {
        let path = PathText.expandingHome(reference.name, home: machine.home)
        guard path.utf8.first == UInt8(ascii: "/") || isThisMachine && path.utf8.first != UInt8(ascii: "~") else {
            return nil
        }
        return reference.naming(path)
    }
}

extension MachineReference {
    /// Returns a reference to something else at the same key.
    fileprivate func naming(_ name: String) -> MachineReference {
        MachineReference(name: name, key: key, section: section, location: location)
    }
}
