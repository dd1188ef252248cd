import Testing

@testable import listenerd

/// The rules about what supervisord runs in the end.
@Suite struct ForegroundRuleTests {
    /// Returns the rules that a program with a command breaks.
    private func rules(_ command: String, _ keys: String = "") throws -> [String] {
        let text = "[supervisord]\n[program:w]\ncommand=\(command)\n\(keys)\n"
        return try CheckedConfiguration(text).findings(of: CheckRules.foreground).map { finding in
            "\(finding.split(separator: "[").last?.dropLast() ?? "")"
        }
    }

    @Test(arguments: [
        ("web &", true), ("web && other", true), ("web | tee /x", true), ("web > /x", true), ("web 2>&1", true),
        ("web --port $PORT", true), ("web ${PORT}", true), ("cd /srv && web", true), ("sh -c 'web && other'", false),
        ("su www -c 'web > /x'", false), ("web --url 'http://a/?a=1&b=2'", false), ("web '>x'", false),
        ("web a$b", false), ("web $b", false), ("web --cost 5$", false), ("web $", false), ("env A=1 web", false),
        ("awk $NF", false), ("web 'a && b'", false),
    ])
    func whatOnlyAShellUnderstandsIsFound(command: String, isFound: Bool) throws {
        #expect(try rules(command) == (isFound ? ["no-shell"] : []))
    }

    @Test(arguments: [
        (
            "web --port $PORT",
            "$PORT in the command of w is passed to web as it is, for supervisord runs no shell; write %(ENV_PORT)s, or "
                + "sh -c 'exec …'"
        ),
        (
            "web &",
            "& in the command of w is passed to web as it is, for supervisord runs no shell; remove it: supervisord runs "
                + "programs in the foreground"
        ),
        (
            "web | tee /x",
            "| in the command of w is passed to web as it is, for supervisord runs no shell; write sh -c '…' around the command"
        ),
    ])
    func theAdviceFitsTheWord(command: String, message: String) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[program:w]\ncommand=\(command)\n")
        #expect(checked.findings(of: CheckRules.foreground) == ["3: warning: \(message) [no-shell]"])
    }

    @Test(arguments: [
        ("service nginx start", true), ("/etc/init.d/postfix start", true), ("/etc/init.d/x status", false),
        ("apachectl start", true), ("apachectl -DFOREGROUND -k start", false), ("apachectl -D FOREGROUND", false),
        ("postfix start", true), ("postfix start-fg", false), ("gunicorn -D app", true), ("gunicorn app", false),
        ("php-fpm -D", true), ("php-fpm", false), ("php-fpm -F", false), ("nginx", false),
        ("nginx -g 'daemon on;'", true), ("nginx -g 'daemon off;'", false), ("redis-server --daemonize yes", true),
        ("redis-server --daemonize no", false), ("redis-server /etc/redis.conf", false), ("/usr/sbin/sshd", true),
        ("/usr/sbin/sshd -D", false), ("/usr/sbin/sshd -eD", false), ("sshd -p 22", true), ("cron", true),
        ("cron -f", false), ("cron -L 8 -f", false), ("rsyslogd -n -iNONE", false), ("rsyslogd", true),
        ("dnsmasq --keep-in-foreground", false), ("dnsmasq", true), ("mongod --fork", true),
        ("sh -c 'mkdir /x; exec /usr/sbin/sshd'", true), ("sh -c 'mkdir /x; exec /usr/sbin/sshd -D'", false),
        ("sh -c 'sshd | x'", false), ("", false),
    ])
    func aProgramThatGoesAwayIsFound(command: String, isFound: Bool) throws {
        #expect(try rules(command) == (isFound ? ["background-program"] : []))
        #expect(try rules(command, "autorestart=false") == [])
        #expect(try rules(command, "startsecs=0") == [])
    }
}
