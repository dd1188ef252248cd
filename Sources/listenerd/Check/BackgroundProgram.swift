import ListenerKit

/// Commands that certainly put a program into the background.
enum BackgroundProgram {
    /// Returns what to do about a command that leaves its program in the background; nil if it is not known to.
    static func advice(for words: [String]) -> String? {
        guard let first = words.first else {
            return nil
        }
        let name = PathText.name(of: first)
        let arguments = words.dropFirst()
        if name == "service" || first.hasPrefix("/etc/init.d/") || controls.contains(name) {
            return starts(arguments) ? "run the program itself, in the foreground" : nil
        }
        if let option = arguments.first(where: { isBackgroundOption($0, of: name) }) {
            return "remove \(option)"
        }
        let text = arguments.joined(separator: " ")
        if name == "nginx", Array(text.utf8)[...].firstOccurrence(of: "daemon on;".utf8) != nil {
            return "write daemon off; in its -g"
        }
        if name == "redis-server", Array("\(text) ".utf8)[...].firstOccurrence(of: "--daemonize yes ".utf8) != nil {
            return "remove --daemonize yes"
        }
        if let needed = neededOptions[name], !arguments.contains(where: { isOption($0, oneOf: needed) }) {
            return needed.first.map { "add \($0)" }
        }
        return nil
    }

    /// Programs that start others, by the word `start`.
    private static let controls: Set = ["apachectl", "apache2ctl", "postfix", "rc-service", "systemctl"]

    private static func starts(_ arguments: ArraySlice<String>) -> Bool {
        arguments.contains { $0 == "start" || $0 == "restart" } && !arguments.contains("-DFOREGROUND")
            && !arguments.contains("FOREGROUND")
    }

    private static func isBackgroundOption(_ word: String, of program: String) -> Bool {
        backgroundOptions.contains { $0.programs.contains(program) && $0.options.contains(word) }
    }

    private static let backgroundOptions: [(programs: Set<String>, options: Set<String>)] = [
        (["gunicorn", "gunicorn3"], ["-D", "--daemon"]), (["php-fpm"], ["-D", "--daemonize"]), (["mongod"], ["--fork"]),
        (["memcached"], ["-d"]), (["celery"], ["--detach"]), (["rabbitmq-server"], ["-detached"]),
        (["uwsgi"], ["-d", "--daemonize"]), (["haproxy"], ["-D"]), (["docker"], ["-d", "--detach"]),
    ]

    /// Whether a word is one of some options, perhaps with others of one letter before or after it.
    private static func isOption(_ word: String, oneOf options: [String]) -> Bool {
        options.contains { option in
            word == option
                || option.utf8.count == 2 && word.utf8.first == UInt8(ascii: "-")
                    && word.utf8.dropFirst().first != UInt8(ascii: "-")
                    && word.utf8.dropFirst().contains(option.utf8.last ?? 0)
        }
    }

    /// The options with one of which a program stays in the foreground, the one to recommend first.
    private static let neededOptions: [String: [String]] = [
        "sshd": ["-D", "-d", "-i", "-t", "-T"], "cron": ["-f"], "rsyslogd": ["-n", "-N", "-v"],
        "dnsmasq": ["-k", "--keep-in-foreground", "-d", "--no-daemon", "--test"],
    ]
}
