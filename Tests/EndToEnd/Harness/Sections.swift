import Foundation

/// Sections of supervisord's configuration that many tests share.
enum Sections {
    /// The file that the listener's standard error goes to.
    static let listenerLog = "listener.log"

    /// supervisord's own section: its log goes to its standard output.
    static let daemon = """
        [supervisord]
        logfile=/dev/null
        logfile_maxbytes=0
        pidfile=%(here)s/supervisord.pid
        childlogdir=%(here)s
        \(getuid() == 0 ? "user=root" : "")

        """

    /// ``daemon``, and the RPC interface that a server needs.
    static let supervisord = """
        \(daemon)
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface

        """

    /// The server by which the listener and the tests reach supervisord.
    static let server = """
        [unix_http_server]
        file=%(here)s/socket

        """

    /// Returns the section of a listener.
    ///
    /// - Parameters:
    ///   - arguments: Its arguments.
    ///   - keys: More keys, a line each; they come last, and so override others.
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

    /// Returns the section of a program that supervisord starts itself.
    static func program(_ name: String, _ command: String, _ keys: String...) -> String {
        """
        [program:\(name)]
        command=\(command)
        \(keys.joined(separator: "\n"))

        """
    }

    /// Returns the section of a program with the keys of ordered-startup-supervisord, RUNNING as soon as it is started.
    static func ordered(_ name: String, _ command: String, priority: Int, _ keys: String...) -> String {
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

    /// Returns the section of a program with the keys of supervisord-dependent-startup, RUNNING as soon as it is started.
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

    /// Returns the section of a program with listenerd's own key, RUNNING as soon as it is started.
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

    /// Returns a command that exits with status 0 once a file exists in the folder.
    static func command(waitingFor file: String) -> String {
        "/bin/sh -c 'until [ -e %(here)s/\(file) ]; do sleep 0.05; done'"
    }

    /// The file that a command of ``command(ignoringTERMUntil:)`` creates once it ignores SIGTERM.
    static let readyFile = "ready"

    /// Returns a command that ignores SIGTERM until a file exists in the folder, and exits then.
    static func command(ignoringTERMUntil file: String) -> String {
        "/bin/sh -c 'trap : TERM; echo up >%(here)s/\(readyFile); until [ -e %(here)s/\(file) ]; do sleep 0.05; done'"
    }
}
