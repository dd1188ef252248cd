import Foundation

/// Sections of configurations that many tests have in common.
enum Sections {
    /// The file with what the listener writes to standard error.
    static let listenerLog = "listener.log"

    /// supervisord's own section: all that it says goes to its standard output.
    static let daemon = """
        [supervisord]
        logfile=/dev/null
        logfile_maxbytes=0
        pidfile=%(here)s/supervisord.pid
        childlogdir=%(here)s
        \(getuid() == 0 ? "user=root" : "")

        """

    /// The same, and the interface behind a server.
    static let supervisord = """
        \(daemon)
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

        """

    /// The server at which programs here reach it.
    static let server = """
        [unix_http_server]
        file=%(here)s/socket

        """

    /// A listener.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - keys: More keys, a line each; they come last, and so win.
    /// - Returns: The section.
    static func listener(_ arguments: String, _ keys: String...) -> String {
        """
        [eventlistener:listenerd]
        command=%(ENV_LISTENERD)s \(arguments)
        events=PROCESS_STATE
        buffer_size=200
        stdout_logfile=NONE
        stderr_logfile=%(here)s/\(listenerLog)
        stderr_logfile_maxbytes=0
        \(keys.joined(separator: "\n"))

        """
    }

    /// A program that supervisord starts itself.
    static func program(_ name: String, _ command: String, _ keys: String...) -> String {
        """
        [program:\(name)]
        command=\(command)
        \(keys.joined(separator: "\n"))

        """
    }

    /// A member of a chain, which is up at once.
    static func member(_ name: String, _ command: String, priority: Int, _ keys: String...) -> String {
        """
        [program:\(name)]
        command=\(command)
        priority=\(priority)
        startsecs=0
        autostart=false
        autorestart=false
        startinorder=true
        \(keys.joined(separator: "\n"))

        """
    }

    /// A program with the keys of supervisord-dependent-startup, which is up at once.
    static func dependent(_ name: String, _ command: String, after parents: String? = nil, _ keys: String...) -> String
    {
        """
        [program:\(name)]
        command=\(command)
        startsecs=0
        autostart=false
        autorestart=false
        dependent_startup=true
        \(parents.map { "dependent_startup_wait_for=\($0)" } ?? "")
        \(keys.joined(separator: "\n"))

        """
    }

    /// A program with listenerd's own key, which is up at once.
    static func native(_ name: String, _ command: String, after parents: String = "", _ keys: String...) -> String {
        """
        [program:\(name)]
        command=\(command)
        startsecs=0
        autostart=false
        autorestart=false
        startafter=\(parents)
        \(keys.joined(separator: "\n"))

        """
    }

    /// A command that goes on until there is a file of some name in the folder, and ends then.
    static func waiting(for file: String) -> String {
        "/bin/sh -c 'until [ -e %(here)s/\(file) ]; do sleep 0.05; done'"
    }

    /// The file that ``stubborn(until:)`` makes.
    static let stubbornness = "stubborn"

    /// A command that does not let itself be stopped before there is a file of some name in the folder; that it is so far is
    /// told by ``stubbornness``.
    static func stubborn(until file: String) -> String {
        "/bin/sh -c 'trap : TERM; echo up >%(here)s/\(stubbornness); until [ -e %(here)s/\(file) ]; do sleep 0.05; done'"
    }
}
