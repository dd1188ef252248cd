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
        (
            "supervisord", "qqq=1\nenv=A=1\ndaemon=true",
            ["unknown-key: remove it", "unknown-key: use environment=", "unknown-key: use nodaemon="]
        ),
        ("supervisord", "exitcodes=0", ["misplaced-key: it belongs in [program:x]"]),
        ("supervisord", "startafter=w", ["misplaced-key: it belongs in [program:x]"]),
        ("supervisord", "stdout_logfile=x", ["misplaced-key: the log of supervisord itself is logfile="]),
        ("supervisord", "username=x", ["misplaced-key: use user="]),
        ("supervisord", "sockchmod=0700", ["unknown-key: supervisor 3 has chmod= in [unix_http_server] instead"]),
        ("supervisord", "backofflimit=3", ["unknown-key: supervisor 2 and later do not have it; remove it"]),
        ("supervisord", "files=x", ["misplaced-key: [include]"]),
        ("supervisorctl", "serverurl=unix:///x\nprompt=p\nhistory_file=x", []),
        ("supervisorctl", "server_url=x", ["unknown-key: did you mean serverurl=?"]),
        ("unix_http_server", "file=/x\nchmod=0700\nchown=www\nusername=u\npassword=p", []),
        ("unix_http_server", "file=/x\nport=1", ["misplaced-key: [inet_http_server]"]),
        ("unix_http_server", "file=/x\nowner=a:b", ["unknown-key: use chown="]),
        ("inet_http_server", "port=1\nhost=x", ["unknown-key: write it in port=, as in port=127.0.0.1:9001"]),
        ("inet_http_server", "port=1\nuser=x\npass=y", ["misplaced-key: use username=", "unknown-key: use password="]),
        ("include", "files=/x\nfile=/x", ["misplaced-key: use files="]),
        ("group:g", "programs=w\nautostart=false", ["misplaced-key: set it in each program of the group"]),
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
        (
            "program:x", "command=x\nhealthcheck=curl",
            ["unknown-key: use ready=, as in ready=tcp://127.0.0.1:5432, and listenerd --ordered-startup"]
        ),
        ("program:x", "command=x\nready=notify\nready_timeout=3", []),
        ("program:x", "command=x\nstartafter=w\nautostart=false\ndependent_startup=true", []),
        ("program:x", "command=x\nx-note=1\nx_note=1\ntool.key=1\ndescription=d", []),
        (
            "program:x", "command=x\nqqq=1\n[program:y]\ncommand=y\nqqq=1",
            ["unknown-key: like 1 more of that name; remove it"]
        ),
        (
            "program:x", "command=x\nstartsec=1\n[program:y]\ncommand=y\nstartsec=1",
            Array(repeating: "unknown-key: did you mean startsecs=?", count: 2)
        ),
        (
            "program:x", "command=x\nPYTHONPATH=/x",
            ["unknown-key: write a variable of the program in environment=, as in environment=PYTHONPATH=\"…\""]
        ),
        ("program:x", "command=x\nenvironment=A=1,\nB=2\nUSER=x", []),
        (
            "program:x", "command=x\nrestart_delay=3",
            ["unknown-key: supervisord has no such delay: after each failed start it waits one second longer"]
        ),
        ("fcgi-program:x", "command=x\nsocket=tcp://h:1\nchown=a", ["unknown-key: use socket_owner="]),
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
            let parts = expected.split(separator: ": ", maxSplits: 1)
            #expect(finding.hasSuffix("\(parts[1]) [\(parts[0])]"), "\(finding)")
        }
    }

    @Test(arguments: [
        ("progam:a", "", "program:a"), ("Program:y", "", "program:y"), ("program z", "", "program:z"),
        ("program", "", "program:x"), (" program:a ", "", "program:a"), ("program :a", "", "program:a"),
        ("[program:a]", "", "program:a"), ("service:web", "command=x", "program:web"), ("x-common", "command=x", nil),
        ("rpcinterface", "", "rpcinterface:supervisor"), ("program-template", "command=x", nil),
        ("progam:default", "", "program:default"), ("proxy", "port=1", nil), ("program defaults", "", nil),
        ("programs:a", "", "program:a"), ("eventlistner:l", "", "eventlistener:l"),
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
        ("command=x\n [program:v]\n command=y", ["4 swallowed-section"]),
        ("command=x\n  startafter=w", ["4 swallowed-key"]), ("command=x \\\n  user=x", []),
        ("command=x\n  --user=x", []),
        ("command=x\n  [x]", []), ("command=x\n  port=80", []), ("command=\n  x", []),
        ("environment=A=\"1\",\n  user=\"x\",\n  B=\"2\"\ncommand=x", []),
        ("environment=\n  user=\"x\"\ncommand=x", []),
        ("environment=A=\"1\"\n  user=x\ncommand=x", ["4 swallowed-key"]), ("command=x\nautostart=false", []),
        ("ready=\ntcp://a:1\nexec:x\nuser=x\ncommand=x", ["4 lost-continuation"]),
        ("ready=notify\nhttp://a/?b=c\ncommand=x", ["4 lost-continuation"]),
        ("ready=notify\n  tcp://a:1\n  exec:x user=y\ncommand=x", []), ("exec=x\ncommand=x\nready=notify\nuser=x", []),
        ("ready=notify\n  ready_timeout=3\ncommand=x", ["4 swallowed-key"]),
        ("environment=A=1,\nB=2\ncommand=x", ["4 lost-continuation"]),
        ("environment=A=1,\nB=2,\nUSER=x\ncommand=x", ["4 lost-continuation"]),
        ("environment=A=1,\nuser=x\ncommand=x", []), ("environment=A=1\nB=2\ncommand=x", []),
        ("command=x \\\n; note\nport=80\n", ["5 lost-continuation"]), ("exitcodes=0,\nstartsecs=1\ncommand=x", []),
        ("command=sh -c \"\n  a ;\n  b\"", ["4 cut-quotation"]), ("command=sh -c \"a #x\n  b\"", ["3 cut-quotation"]),
        ("command=sh -c \"\n  a;\n  b\" ; note", []), ("command=sh -c \"a\" ; note\n  b", []),
        ("command=sh -c '\n ; note\n  b'", []), ("command=it\\'s ; note\n  b", []),
    ])
    func anIndentedLineContinuesTheValueAbove(keys: String, rules: [String]) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[program:w]\n\(keys)\n")
        let found = checked.findings(of: CheckRules.continuations).map { finding in
            "\(finding.prefix { $0 != ":" }) \(finding.split(separator: "[").last?.dropLast() ?? "")"
        }
        #expect(found == rules)
    }

    @Test(arguments: [
        ("program:", "[program:x]"), ("group: ", "[group:x]"), ("eventlistener:", "[eventlistener:x]"),
        ("program:w", nil), ("unix_http_server:", nil), ("supervisord:", nil),
    ])
    func aSectionHasAName(name: String, pattern: String?) throws {
        let checked = try CheckedConfiguration("[supervisord]\n[\(name)]\n")
        let found = checked.findings(of: CheckRules.sections).filter { $0.hasSuffix("[unnamed-section]") }
        #expect(found == (pattern.map { ["2: warning: [\(name)] has no name; write \($0) [unnamed-section]"] } ?? []))
    }
}
