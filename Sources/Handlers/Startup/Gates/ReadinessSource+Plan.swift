import ListenerKit

extension ReadinessSource {
    /// Receives the notifications that the gates of a plan wait for, and questions about all of its gates.
    ///
    /// - Parameters:
    ///   - plan: The plan.
    ///   - reporter: Where it is reported if notifications cannot be received.
    /// - Returns: Whether those notifications are known, too, that were sent before.
    func follow(_ plan: StartupPlan, _ reporter: Reporter) -> Bool {
        acceptQuestions()
        var programs: [String] = []
        for program in plan.programs {
            for gate in Set(program.gates?.processes.flatMap { $0 } ?? []) {
                if case .notification(let address) = gate.kind {
                    if let address {
                        receiveNotifications(at: address)
                    } else {
                        programs.append(program.name)
                    }
                }
            }
        }
        guard !programs.isEmpty else {
            return false
        }
        let isShared = receiveSharedNotifications()
        if !isShared {
            reporter.reportOnce(
                .error,
                "\(listed(programs)) cannot be ready: ready=notify needs listenerd supervise, or NOTIFY_SOCKET in the program's "
                    + "environment="
            )
        }
        return isShared
    }
}

extension StartupPlan {
    /// Whether a program has gates.
    package var hasGates: Bool { programs.contains { $0.gates != nil } }
}
