import ListenerKit

/// What a configuration names of the machine.
extension CheckedConfiguration {
    /// The users that the configuration names.
    var userReferences: [MachineReference] {
        supervisordReference(configuration.settings.user, "user")
            + allPrograms.flatMap { reference($0.user, "user", in: $0) } + ownerReferences { $0.user }
    }

    /// The groups that the configuration names.
    var groupReferences: [MachineReference] {
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
    var fileReferences: [MachineReference] {
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
    var folderReferences: [MachineReference] {
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
        let notifications = gatedPrograms.flatMap { program in
            program.notificationPaths.flatMap { reference($0, "environment", in: program.section) }
        }
        let files = (fileReferences + sockets + notifications).compactMap { file in
            let folder = PathText.directory(of: file.name)
            return folder.isEmpty ? nil : file.naming(folder)
        }
        // supervisord does not put in variables of a shell: something else will, before.
        return ((own + programs).compactMap { onMachine($0) } + files).filter { folder in
            Array(folder.name.utf8)[...].firstOccurrence(of: "${".utf8) == nil
        }
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
