import Foundation
import Testing

@testable import listenerd

/// The rules about keys, sections and indented lines.
@Suite struct KeyRuleTests {
    /// Keys of one section, and what is found: each with its line after the header, the key, and the end of the message.
    @Test(arguments: [
        ("supervisord", "logfile=x\nminfds=1\nsilent=true\nchildlogdir=/", []),
        ("supervisord", "Logfile=x\nNODAEMON=true", []),
        ("supervisord", "nodeamon=true", ["unknown-key: did you mean nodaemon=?"]),
        ("supervisord", "log_level=info", ["unknown-key: did you mean loglevel=?"]),
        ("supervisord", "qqq=1", ["unknown-key: remove it"]),
        ("supervisord", "exitcodes=0", ["misplaced-key: [program:x]"]),
        ("supervisord", "stdout_logfile=x", ["misplaced-key: [program:x]"]),
        ("supervisord", "files=x", ["misplaced-key: [include]"]),
        ("supervisorctl", "serverurl=unix:///x\nprompt=p\nhistory_file=x", []),
        ("supervisorctl", "server_url=x", ["unknown-key: did you mean serverurl=?"]),
        ("unix_http_server", "file=/x\nchmod=0700\nchown=www\nusername=u\npassword=p", []),
        ("unix_http_server", "file=/x\nport=1", ["misplaced-key: [inet_http_server]"]),
        ("inet_http_server", "port=1\nhost=x", ["unknown-key: remove it"]),
        ("include", "files=/x\nfile=/x", ["misplaced-key: [unix_http_server]"]),
        ("group:g", "programs=w\npriority=1", []),
        ("group:g", "programs=w\nprioritie=1", ["unknown-key: did you mean priority=?"]),
        ("group:g", "programs=w\nfile=/x", ["misplaced-key: [unix_http_server]"]),
        ("rpcinterface:x", "supervisor.rpcinterface_factory=x:y\nanything=1", []),
        ("ctlplugin:x", "supervisor.ctl_factory=x:y\nanything=1", []),
        ("program:x", "command=x\nstdout_syslog=true\nserverurl=AUTO\nstopasgroup=true", []),
        ("program:x", "command=x\nstartsec=3", ["unknown-key: did you mean startsecs=?"]),
        ("program:x", "command=x\nauto-start=false", ["unknown-key: did you mean autostart=?"]),
        ("program:x", "command=x\nlogfile_backupcount=1", ["unknown-key: use stdout_logfile_backups="]),
        ("program:x", "command=x\nlogfile_backups=1", ["unknown-key: use stdout_logfile_backups="]),
        ("program:x", "command=x\npidfile=x", ["misplaced-key: [supervisord]"]),
        ("program:x", "command=x\nevents=TICK", ["misplaced-key: [eventlistener:x]"]),
        ("program:x", "command=x\nsocket=x", ["misplaced-key: [fcgi-program:x]"]),
        ("program:x", "command=x\nusername=u", ["unknown-key: use user="]),
        ("program:x", "command=x\ndepends_on=w", ["unknown-key: use startafter=, and listenerd --ordered-startup"]),
        ("program:x", "command=x\ncwd=/", ["unknown-key: use directory="]),
        ("program:x", "command=x\nstartafter=w\nautostart=false\ndependent_startup=true", []),
        ("program:x", "command=x\nx-note=1\nx_note=1\ntool.key=1", []),
        ("fcgi-program:x", "command=x\nsocket=tcp://h:1\nsocket_mode=0700\nsocket_backlog=1", []),
        ("eventlistener:x", "command=x\nevents=TICK\nbuffer_size=1\nresult_handler=x:y", []),
        ("DEFAULT", "autostart=true\nlogfile=x", []),
        ("DEFAULT", "autostrat=true", ["unknown-key: did you mean autostart=?"]),
    ])
    func aKeyIsKnownOrNamed(section: String, keys: String, findings: [String]) throws {
        let header = section == "supervisord" ? "" : "[supervisord]\n[program:w]\ncommand=x\n"
        let checked = try CheckedConfiguration("\(header)[\(section)]\n\(keys)\n")
        let found = checked.findings(of: CheckRules.keys)
        #expect(found.count == findings.count, "\(found)")
        for (finding, expected) in zip(found, findings) {
            let parts = expected.components(separatedBy: ": ")
            #expect(finding.hasSuffix("\(parts[1]) [\(parts[0])]"), "\(finding)")
        }
    }

    @Test(arguments: [
        ("progam:a", "", "program:a"), ("Program:y", "", "program:y"), ("program z", "", "program:z"),
        ("program", "", "program:x"), ("programs:a", "", "program:a"), ("eventlistner:l", "", "eventlistener:l"),
        ("event-listener:l", "", "eventlistener:l"), ("unix_http_sever", "", "unix_http_server"),
        ("inlcude", "", "include"), ("groups:g", "", "group:g"), ("supervisord:x", "", "supervisord"),
        ("Supervisord", "", "supervisord"), ("supervisor", "", "supervisord"), ("fcgi:x", "", "fcgi-program:x"),
        ("program_web", "command=x", "program:web"), ("program.web", "command=x", "program:web"),
        ("web", "command=x", "program:web"), ("mail", "command=x\nevents=TICK", "eventlistener:mail"),
        ("all", "programs=a", "group:all"), ("supervisorctrl", "", "supervisorctl"),
        ("program-defaults", "autorestart=true", nil), ("x-common", "a=b", nil), ("phases:one", "a=b", nil),
        ("inet_http_server:admin", "port=1", nil), ("unix_http_server2", "file=/x", nil), ("ctlplugin:x", "", nil),
    ])
    func aSectionIsKnownOrNamed(name: String, keys: String, meant: String?) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[\(name)]\n\(keys)\n")
        let finding = meant.map {
            "2: warning: supervisord ignores [\(name)]; did you mean [\($0)]? [unknown-section]"
        }
        #expect(checked.findings(of: CheckRules.sections) == (finding.map { [$0] } ?? []))
    }

    @Test(arguments: [
        ("command=x\n  autostart=false", ["4 swallowed-key"]), ("command=x\n\n  ; note\n  user=x", ["6 swallowed-key"]),
        ("command=x\n [program:v]\n command=y", ["4 swallowed-section", "5 swallowed-key"]),
        ("command=x\n  startafter=w", ["4 swallowed-key"]), ("command=x \\\n  user=x", []),
        ("command=x\n  --user=x", []),
        ("command=x\n  [x]", []), ("command=x\n  port=80", []), ("command=\n  x", []),
        ("environment=A=\"1\",\n  user=\"x\",\n  B=\"2\"\ncommand=x", []),
        ("environment=\n  user=\"x\"\ncommand=x", []),
        ("environment=A=\"1\"\n  user=x\ncommand=x", ["4 swallowed-key"]), ("command=x\nautostart=false", []),
    ])
    func anIndentedLineContinuesTheValueAbove(keys: String, rules: [String]) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[program:w]\n\(keys)\n")
        let found = checked.findings(of: CheckRules.continuations).map { finding in
            "\(finding.prefix { $0 != ":" }) \(finding.split(separator: "[").last?.dropLast() ?? "")"
        }
        #expect(found == rules)
    }
}
