import ListenerKit

/// The keys of a program that decide whether supervisord starts its processes by itself.
struct WatchedProgram {
    /// `autostart`.
    var isAutostarted = true
    /// `autorestart`.
    var autorestart = Autorestart.unexpected
    /// `exitcodes`.
    var exitCodes = [0]
    /// `startretries`; nil if it is not known.
    var startRetries: Int? = 3
    /// Whether the configuration has it.
    var isKnown = true

    /// Returns whether a process runs, or supervisord will start it by itself.
    func isAlive(_ information: ProcessInformation) -> Bool {
        switch information.state {
        case .starting, .running, .backoff, .stopping, .unknown: true
        case .stopped: !information.wasStarted && isAutostarted
        case .exited: autorestart.restarts(afterExpected: exitCodes.contains(information.exitStatus))
        case .fatal: false
        }
    }
}

extension WatchedProgram {
    /// A program that the configuration does not have: however it exits, supervisord may restart it.
    static let unknown = WatchedProgram(
        isAutostarted: false,
        autorestart: .always,
        startRetries: nil,
        isKnown: false
    )

    /// Reads what a configuration says about a program.
    init(_ program: ProgramConfiguration) {
        self.init(
            isAutostarted: program.autostart,
            autorestart: program.autorestart,
            exitCodes: program.exitCodes,
            startRetries: program.startRetries
        )
    }
}
