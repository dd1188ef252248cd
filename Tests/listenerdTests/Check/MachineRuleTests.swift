import ListenerKit
import Testing

@testable import listenerd

/// The rules about users, groups and folders of the machine.
@Suite struct MachineRuleTests {
    private static let program = "[supervisord]\n[program:w]\ncommand=x\n"
    private static let missing = """
        is no folder of this machine, and supervisord does not create it; create it, or name another one [missing-folder]
        """
    private static let noUser = """
        is no user of this machine, without whom supervisord does not start; create the user, or name another one \
        [unknown-account]
        """
    private static let noGroup = """
        is no group of this machine, without which supervisord does not start; create it, or name another one \
        [unknown-account]
        """

    @Test(arguments: [
        ("\(program)user=www", []), ("\(program)user=33", []), ("\(program)directory=/srv", []),
        ("\(program)stdout_logfile=/srv/x", []), ("\(program)stdout_logfile=~/x", []),
        ("\(program)stdout_logfile=AUTO", []), ("\(program)stderr_logfile=x", []),
        ("\(program)directory=nowhere", []), ("\(program)stdout_logfile=nowhere/x", []),
        ("\(program)stdout_logfile=~other/x", []),
        ("\(program)user=web", ["4: warning: user in [program:w]: 'web' \(noUser)"]),
        ("\(program)directory=/x", ["4: warning: directory in [program:w]: '/x' \(missing)"]),
        ("\(program)stdout_logfile=/x/y", ["4: warning: stdout_logfile in [program:w]: '/x' \(missing)"]),
        (
            "\(program)stderr_logfile=/srv",
            ["4: warning: stderr_logfile in [program:w]: '/srv' is a folder; name a file in it [log-is-folder]"]
        ),
        ("[supervisord]\nuser=web", ["2: warning: user in [supervisord]: 'web' \(noUser)"]),
        ("[supervisord]\nlogfile=/x/y", ["2: warning: logfile in [supervisord]: '/x' \(missing)"]),
        ("[supervisord]\npidfile=/x/y", ["2: warning: pidfile in [supervisord]: '/x' \(missing)"]),
        ("[supervisord]\nchildlogdir=/x", ["2: warning: childlogdir in [supervisord]: '/x' \(missing)"]),
        ("[supervisord]\ndirectory=/x", ["2: warning: directory in [supervisord]: '/x' \(missing)"]),
        (
            "[supervisord]\n[unix_http_server]\nfile=/x/s\nchown=web:wheel",
            [
                "3: warning: file in [unix_http_server]: '/x' \(missing)",
                "4: warning: chown in [unix_http_server]: 'web' \(noUser)",
                "4: warning: chown in [unix_http_server]: 'wheel' \(noGroup)",
            ]
        ),
        (
            "[supervisord]\n[fcgi-program:f]\ncommand=x\nsocket=unix:///srv/s\nsocket_owner=www:wheel",
            ["5: warning: socket_owner in [fcgi-program:f]: 'wheel' \(noGroup)"]
        ),
    ])
    func whatDoesNotExistIsNamed(text: String, findings: [String]) throws {
        #expect(try CheckedConfiguration(text).findings(of: CheckRules.machine) == findings)
    }

    @Test func oneThingIsNamedOnceWithItsCount() throws {
        let programs = ["a", "b", "c"].map { "[program:\($0)]\ncommand=x\nuser=web\ndirectory=/x\n" }.joined()
        let findings = try CheckedConfiguration("[supervisord]\n\(programs)").findings(of: CheckRules.machine)
        #expect(
            findings == [
                "4: warning: user in [program:a] (and 2 more): 'web' \(Self.noUser)",
                "5: warning: directory in [program:a] (and 2 more): '/x' \(Self.missing)",
            ]
        )
    }

    @Test(arguments: ["user=web", "directory=/x", "directory=x", "stdout_logfile=/srv", "stdout_logfile=x/y"])
    func whereSupervisordIsToRunItIsAnError(key: String) throws {
        let checked = try CheckedConfiguration("\(Self.program)\(key)", isThisMachine: true)
        let findings = checked.findings(of: CheckRules.machine)
        #expect(findings.count == 1 && findings.allSatisfy { $0.hasPrefix("4: error: ") }, "\(findings)")
    }

    @Test func anAccountThatADirectoryServiceMayKnowIsNoError() throws {
        let checked = try CheckedConfiguration("\(Self.program)user=web", isThisMachine: true) {
            $0.knowsAllAccounts = false
        }
        #expect(checked.findings(of: CheckRules.machine) == ["4: warning: user in [program:w]: 'web' \(Self.noUser)"])
    }

    @Test(
        arguments: [(0, true, false), (33, true, false), (7, true, true), (7, false, false)] as [(UInt32, Bool, Bool)]
    )
    func nobodyButRootBecomesAnotherUser(user: UInt32, isThisMachine: Bool, isFound: Bool) throws {
        let checked = try CheckedConfiguration("\(Self.program)user=www", isThisMachine: isThisMachine) {
            $0.userID = user
        }
        let finding = """
            4: error: user in [program:w]: 'www' is not the user who runs this, and nobody but root can become another one; \
            run it as root [foreign-user]
            """
        #expect(checked.findings(of: CheckRules.machine) == (isFound ? [finding] : []))
    }

    /// Two keys that name what the machine lacks.
    private static let twoMissing = "user=web\ndirectory=/x"

    @Test(arguments: [
        ("command=x\n\(twoMissing)", false),
        ("command=missing\nuser=web", false),
        ("command=missing\n\(twoMissing)", true),
        ("command=/bin/x\n\(twoMissing)", false),
        ("command=/opt/x\n\(twoMissing)", true),
        ("command=./x\n\(twoMissing)", false),
        ("command=env A=1 x\n\(twoMissing)", false), ("command=env A=1 missing\n\(twoMissing)", true),
        ("command=web -c /etc/missing\n\(twoMissing)", true), ("command=web -c x\n\(twoMissing)", false),
        ("command=%(ENV_WEB)s\n\(twoMissing)", true),
        ("command=x\n\(twoMissing)\n[unix_http_server]\nfile=/y/s\nchown=a:b", true),
        ("command=x\n\(twoMissing)\n[include]\nfiles=/y/*.conf", true),
        ("command=x\n\(twoMissing)\n[include]\nfiles=/srv/*.conf", false),
        ("command=x\n\(twoMissing)\n[include]\nfiles=y/*.conf", false),
    ])
    func aConfigurationForAnotherMachineIsKnownByWhatIsMissing(keys: String, isElsewhere: Bool) throws {
        let text = "[supervisord]\n[program:w]\n\(keys)"
        #expect(try CheckedConfiguration(text).isForElsewhere == isElsewhere)
        let here = try CheckedConfiguration(text, isThisMachine: true)
        #expect(here.findings(of: CheckRules.machine).count >= 1)
    }

    @Test func whatAnotherMachineHasIsOneProblem() throws {
        let programs = ["a", "b", "c", "d", "e", "f"].map { name in
            "[program:\(name)]\ncommand=x\ndirectory=/x/\(name)\nuser=u\(name)\n"
        }
        let findings = try CheckedConfiguration("[supervisord]\n\(programs.joined())").findings(of: CheckRules.machine)
        #expect(
            findings == [
                """
                4: warning: this machine does not have the folders '/x/a', '/x/b', '/x/c', '/x/d', '/x/e' and 1 more: \
                supervisord does not create them; --here, where it is to run, names each [missing-folder]
                """,
                """
                5: warning: this machine does not have the users and groups 'ua', 'ub', 'uc', 'ud', 'ue' and 1 more: \
                without them, supervisord does not start; --here, where it is to run, names each [unknown-account]
                """,
            ]
        )
    }

    @Test(arguments: [("/y/*.conf", true), ("/srv/*.conf", false), ("y/*.conf", false), ("C:/y/*.conf", true)])
    func anEmptyIncludeOfAnotherMachineIsNoProblem(pattern: String, isElsewhere: Bool) throws {
        for isThisMachine in [false, true] {
            let text = "[supervisord]\n[include]\nfiles=\(pattern)"
            let checked = try CheckedConfiguration(text, isThisMachine: isThisMachine)
            let problem = try #require(checked.configuration.problems.first)
            #expect(checked.isOfThisMachineAlone(problem) == (isElsewhere && !isThisMachine))
        }
    }
}
