import Handlers
import ListenerKit

extension SupervisorConfiguration {
    /// Whether a program has a `notify` gate, and sends its notifications to `supervise`: neither its own `environment=` nor that of
    /// `[supervisord]` names another address.
    var needsNotifications: Bool {
        guard settings.environment[NotificationSocket.variable] == nil, programs.contains(where: { $0.mayBeGated })
        else {
            return false
        }
        return StartupPlan(self).programs.contains { program in
            (program.gates?.processes ?? []).contains { gates in
                gates.contains { $0.kind == .notification(address: nil) }
            }
        }
    }
}

extension ProgramConfiguration {
    /// Whether it has gates: to find out which takes longer.
    fileprivate var mayBeGated: Bool { location(ofKey: "ready") != nil }
}
