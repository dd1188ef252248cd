import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about gates, beyond those that hold for the order of starts.
    static let gates = [unheardGate, missingNotifySocket, closedNotifyFolder, ineffectiveGate, idleGate]

    private static let unheardGate = CheckRule(
        "unheard-gate",
        .error,
        "a log: or message: gate that waits for what never reaches the listener",
        reason: "The gate never passes: the program never becomes ready, and what waits for it never starts."
    ) { checked, findings in
        for output in ProgramOutput.allCases {
            let programs = checked.gatedPrograms.compactMap { program in
                program.firstGate { output.isAwaited(by: $0) }.map { (program: program, gate: $0) }
            }
            for (program, gate) in programs where output.events(of: program.section).isEmpty {
                findings.add(
                    program.gates.location,
                    """
                    \(program.name) never becomes ready: supervisord sends no \(output.category.rawValue) events of it, for which \
                    the gate \(gate.text.quoted) waits; set \(output.setting)
                    """
                )
            }
            for listener in checked.starters {
                let events = SubscribedEvents(listener)
                let unheard = programs.filter { program, _ in
                    let sent = output.events(of: program.section)
                    return !sent.isEmpty && !sent.contains { events.deliver($0) }
                }
                if let (program, gate) = unheard.first {
                    let more = unheard.count > 1 ? " (and \(unheard.count - 1) more)" : ""
                    findings.add(
                        listener.eventsLocation,
                        """
                        \(program.name)\(more) never becomes ready: \(listener.name) gets no \
                        \(output.category.rawValue) events of it, for which the gate \(gate.text.quoted) waits; add \
                        \(output.category.rawValue) to events=
                        """
                    )
                }
            }
        }
    }

    private static let missingNotifySocket = CheckRule(
        "missing-notify-socket",
        .error,
        "a notify gate of a program that gets no $NOTIFY_SOCKET",
        reason: "The program has nowhere to say that it is ready: the gate never passes."
    ) { checked, findings in
        // What supervise composes has a socket.
        guard !checked.starters.isEmpty, checked.loaded.addedListener == nil else {
            return
        }
        let unnamed = Gate.Kind.notification(address: nil)
        for program in checked.gatedPrograms where program.firstGate(where: { $0 == unnamed }) != nil {
            findings.add(
                program.gates.location,
                """
                \(program.name) never becomes ready: nothing sets NOTIFY_SOCKET for its gate notify; set \
                environment=NOTIFY_SOCKET="/run/\(program.name).notify", or run it with listenerd supervise, which does
                """
            )
        }
    }

    private static let closedNotifyFolder = CheckRule(
        "closed-notify-folder",
        .warning,
        "a notification socket in a folder in which the listener may not create it",
        reason: """
            The listener creates the socket that NOTIFY_SOCKET names, and cannot. It is an error where supervisord is to run \
            here.
            """
    ) { checked, findings in
        guard !checked.isForElsewhere else {
            return
        }
        for program in checked.gatedPrograms {
            for path in program.notificationPaths {
                let folder = PathText.directory(of: path)
                guard let user = checked.userWithoutAccess(to: folder) else {
                    continue
                }
                findings.add(
                    "environment",
                    of: program.section,
                    """
                    environment in [\(program.section.sectionName)]: NOTIFY_SOCKET is in \(folder.quoted), where \(user), as whom \
                    the listener runs, may not create it; name a folder of that user, or a name that begins with @
                    """,
                    severity: checked.isThisMachine ? .error : .warning
                )
            }
        }
    }

    private static let ineffectiveGate = CheckRule(.ineffectiveKey) { checked, findings in
        // If there is anything to start in order, it is said already that nothing does that.
        let isAlone = checked.starters.isEmpty && !checked.lacksStarter && !checked.hasOtherStarter
        guard isAlone, !checked.configuration.isIncomplete, let first = checked.gatedPrograms.first else {
            return
        }
        let count = checked.gatedPrograms.count
        let more = count > 1 ? " (and \(count - 1) more)" : ""
        findings.add(
            first.gates.location,
            """
            ready= of \(first.name)\(more) has no effect: no [eventlistener:x] runs listenerd --ordered-startup; add one, or run \
            this configuration with listenerd supervise --ordered-startup, which adds it
            """
        )
    }

    private static let idleGate = CheckRule(
        "idle-gate",
        .note,
        "a gate of a program that no other one waits for",
        reason: "It is tried only when the listener is asked whether the program is ready, as by listenerd status.",
        basis: .allFiles
    ) { checked, findings in
        guard !checked.starters.isEmpty || checked.lacksStarter, !checked.loaded.leavesRolesOut else {
            return
        }
        let awaited = checked.plan.programsAwaitedReady
        for program in checked.gatedPrograms where !awaited.contains(program.index) {
            let message = "no program waits for \(program.name) to be ready, so its gates are tried only when somebody"
            findings.add(program.gates.location, "\(message) asks, as listenerd status does")
        }
    }
}

extension CheckedConfiguration {
    /// Returns the user as whom a listener that starts programs in order runs, if that user may not create files in a folder.
    ///
    /// - Parameter folder: The folder.
    /// - Returns: The user's name; nil if all may, or there is no such folder.
    fileprivate func userWithoutAccess(to folder: String) -> String? {
        guard let owner = machine.ownerOfFolder(folder) else {
            return nil
        }
        return starters.compactMap { $0.program.user ?? configuration.settings.user }.first { user in
            guard let id = machine.idOfUser(user), id != 0, id != owner.user else {
                return false
            }
            // Who belongs to a group is not known here, so that one that may do it is taken to include the user.
            return owner.permissions & 0o022 == 0
        }
    }
}
