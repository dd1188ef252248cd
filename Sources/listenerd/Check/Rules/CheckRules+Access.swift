import Handlers
import ListenerKit

extension CheckRules {
    /// The rules about whether a listener may use supervisord's server.
    static let access = [lockedServer, closedSocket]

    private static let lockedServer = CheckRule.eachListener(
        "locked-server",
        .error,
        "a listener that calls supervisord, whose server has a hashed password",
        reason: "A digest is of no use to log in, and supervisord passes no password to its listeners."
    ) { listener, findings in
        guard listener.callsSupervisord, let server = listener.loaded.configuration.preferredServer,
            server.hasHashedPassword
        else {
            return
        }
        let settings = listener.loaded.configuration.settings
        let environment = settings.environment.merging(listener.program.environment) { $1 }
        if environment["SUPERVISOR_PASSWORD"] == nil {
            findings.add(
                "environment",
                of: listener.program,
                """
                \(listener.name) cannot log in at [\(server.sectionName)], whose password is a digest; set SUPERVISOR_USERNAME \
                and SUPERVISOR_PASSWORD in its environment=
                """
            )
        }
    }

    private static let closedSocket = CheckRule.eachListener(
        "closed-socket",
        .error,
        "a listener that calls supervisord, as a user who may not use its socket",
        reason: "Every call of the listener is refused."
    ) { listener, findings in
        let configuration = listener.loaded.configuration
        guard listener.callsSupervisord, let server = configuration.preferredServer,
            case .unix(let path) = server.endpoint, let user = listener.program.user, user != "root", user != "0"
        else {
            return
        }
        // Who belongs to a group is not known here, so that one that may use the socket is taken to include the user.
        let owner = server.owner?.user ?? configuration.settings.user
        let isOpen = server.permissions & 0o002 != 0 || server.permissions & 0o020 != 0 && server.owner?.group != nil
        if owner != user, !isOpen {
            findings.add(
                "user",
                of: listener.program,
                """
                \(listener.name) runs as \(user), who may not use \(path.quoted) of [\(server.sectionName)]; set chown=\(user) \
                there
                """
            )
        }
    }
}

extension CheckedListener {
    /// Whether a handler of it calls supervisord, and cannot do without.
    fileprivate var callsSupervisord: Bool {
        ((try? request.get())?.handlers ?? []).contains { $0 is OrderedStartup.Type }
    }
}
