import ListenerKit
import Testing

@testable import listenerd

@Suite struct ConfigurationComposerTests {
    /// The layout that is usual for roles.
    private static let files = [
        "/etc/s.conf": """
        [supervisord]
        [unix_http_server]
        file=%(here)s/x.sock
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory=x
        [program:base]
        command=%(here)s/base
        """,
        "/etc/common.conf": "stdout_logfile=%(here)s/%(program_name)s.log\nautorestart=true",
        "/etc/roles/web.conf": "[program:web]\ncommand=%(here)s/web\nautorestart=false",
        "/etc/roles/worker.conf": "[program:one]\ncommand=1\n[eventlistener:l]\ncommand=2\nevents=TICK_5",
        "/etc/roles/worker/b.conf": "[fcgi-program:b]\ncommand=%(here)s/b\nsocket=unix:///run/b.sock",
        "/etc/roles/worker/a.conf": "[program:a]\ncommand=%(here)s/a",
        "/etc/roles/db/x.conf": "[program:db]\ncommand=x",
        "/etc/roles/.hidden.conf": "[program:hidden]\ncommand=x",
        "/etc/roles/folder.conf": "is none", "/etc/roles/folder.conf/": "is one",
    ]

    /// Composes what is at `/etc/s.conf`.
    private static func compose(
        _ roles: String = "",
        replacing changes: [String: String?] = [:],
        environment: [String: String] = [:],
        purpose: CompositionRequest.Purpose = .running,
        adding sections: [GeneratedSection] = [],
        answersCalls: Bool = true,
        _ change: (inout CompositionRequest) -> Void = { _ in }
    ) throws -> ComposedConfiguration {
        var request = CompositionRequest(base: "/etc/s.conf", for: purpose)
        request.roles = RoleList(roles)
        change(&request)
        let files = Self.files.merging(changes.compactMapValues { $0 }) { $1 }.filter { changes[$0.key] != .some(nil) }
        var composer = try ConfigurationComposer(request, .globbing(files, environment: environment))
        try composer.addMissingSections(answersCalls: answersCalls)
        for section in sections {
            try composer.add(section)
        }
        return try composer.compose(into: "/run/private")
    }

    private static func failure(
        _ roles: String = "",
        replacing changes: [String: String?] = [:],
        environment: [String: String] = [:],
        purpose: CompositionRequest.Purpose = .running,
        adding sections: [GeneratedSection] = [],
        answersCalls: Bool = true,
        _ change: (inout CompositionRequest) -> Void = { _ in }
    ) -> String? {
        do {
            _ = try compose(
                roles,
                replacing: changes,
                environment: environment,
                purpose: purpose,
                adding: sections,
                answersCalls: answersCalls,
                change
            )
            return nil
        } catch {
            #expect(ExitStatus(for: error) == .configuration)
            return "\(error)"
        }
    }

    private static let noRoles: [String: String?] = Dictionary(
        uniqueKeysWithValues: files.keys.filter { $0.hasPrefix("/etc/roles") }.map { ($0, nil) }
    )

    private static let listed = "db, web, worker (the roles in '/etc/roles')"

    // MARK: - The main file

    @Test func theMainFileIncludesTheOthersAndHasWhatAllProgramsHaveInCommon() throws {
        let composed = try Self.compose("worker, web")
        #expect(
            composed.text == """
                ; Composed by listenerd supervise for one run.
                [include]
                files = /etc/s.conf
                    /etc/roles/worker.conf
                    /etc/roles/worker/a.conf
                    /etc/roles/worker/b.conf
                    /etc/roles/web.conf

                [program:one]
                stdout_logfile=/etc/%(program_name)s.log
                autorestart=true

                [program:a]
                stdout_logfile=/etc/%(program_name)s.log
                autorestart=true

                [fcgi-program:b]
                stdout_logfile=/etc/%(program_name)s.log
                autorestart=true

                [program:web]
                stdout_logfile=/etc/%(program_name)s.log
                autorestart=true

                [supervisorctl]
                serverurl=unix:///etc/x.sock

                """
        )
        #expect(composed.configuration.problems == [])
    }

    @Test func composedFileReadsAsItsSourcesWithTheirLineNumbers() throws {
        let configuration = try Self.compose("worker,web").configuration
        #expect(configuration.path == "/etc/s.conf")
        #expect(configuration.files.first == "/etc/s.conf")
        #expect(configuration.programs.map(\.name) == ["one", "a", "b", "web", "base"])
        #expect(
            configuration.programs.map { $0.command?.text } == [
                "1", "/etc/roles/worker/a", "/etc/roles/worker/b", "/etc/roles/web", "/etc/base",
            ]
        )
        #expect(configuration.programs.map(\.autorestart) == [.always, .always, .always, .never, .unexpected])
        #expect(configuration.programs[0].stdoutLog == .file("/etc/one.log"))
        #expect(configuration.programs[4].stdoutLog == .automatic)
        #expect(configuration.eventListeners[0].program.stdoutLog == .automatic)
        #expect(configuration.programs[3].location.description == "/etc/roles/web.conf:1")
        #expect(configuration.programs[3].location(ofKey: "stdout_logfile")?.description == "/etc/common.conf:1")
        #expect(configuration.programs[3].location(ofKey: "autorestart")?.description == "/etc/roles/web.conf:3")
        #expect(configuration.servers.map(\.url) == ["unix:///etc/x.sock"])
    }

    @Test func baseIsUnchangedIfNothingIsAdded() throws {
        let composed = try Self.compose(replacing: Self.noRoles)
        #expect(composed.text == nil)
        #expect(composed.configuration.path == "/etc/s.conf")
        #expect(composed.configuration.programs.map(\.name) == ["base"])
    }

    @Test func theBaseIncludesWhatItWouldWithoutUs() throws {
        let base = """
            [supervisord]
            [include]
            files=conf.d/*.conf %(here)s/%(ENV_MORE)s.conf
              /else/[xy].conf none-%(host_node_name)s 50%%
            """
        let changes = [
            "/etc/s.conf": base, "/etc/conf.d/a.conf": "[program:a]\ncommand=%(here)s/a\n[include]\nfiles=nested",
            "/etc/more.conf": "[program:m]\ncommand=m", "/else/x.conf": "[program:x]\ncommand=%(here)s/x",
        ]
        let composed = try Self.compose("web", replacing: changes, environment: ["MORE": "more"])
        #expect(
            composed.text?.hasPrefix(
                """
                ; Composed by listenerd supervise for one run.
                [include]
                files = /etc/s.conf
                    /etc/conf.d/*.conf
                    /etc/more.conf
                    /else/[xy].conf
                    /etc/none-node
                    /etc/50%%
                    /etc/roles/web.conf

                """
            ) == true
        )
        #expect(
            composed.configuration.programs.map { $0.command?.text } == [
                "/etc/roles/web", "/etc/conf.d/a", "m", "/else/x",
            ]
        )
        #expect(
            composed.configuration.problems.map(\.description) == [
                "/etc/s.conf:3: warning: no file matches '/etc/none-node' [empty-include]",
                "/etc/s.conf:3: warning: no file matches '/etc/50%' [empty-include]",
                "/etc/conf.d/a.conf:4: warning: files in [include] has no effect here: supervisord ignores [include] in an included file [repeated-key]",
            ]
        )
    }

    @Test(arguments: [
        ("[include]", "/etc/s.conf:2: error: [include] needs files=; supervisord rejects the configuration without it"),
        ("[include]\nfiles=%(x)s", "/etc/s.conf:3: error: files in [include] refers to %(x)s, which is not defined"),
    ])
    func aBaseThatSupervisordRefusesIsNotMadeAcceptable(text: String, message: String) {
        let failure = Self.failure("web", replacing: ["/etc/s.conf": "[supervisord]\n\(text)"])
        #expect(failure?.hasPrefix(message) == true, "\(failure ?? "")")
    }

    // MARK: - What is added

    @Test(arguments: [
        ("", true, true), ("[inet_http_server]\nport=1", false, true), ("[unix_http_server:x]\nfile=y", false, true),
        ("[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=x", true, false),
        ("[rpcinterface:x]\nsupervisor.rpcinterface_factory=x", true, true),
        ("[unix_http_server]", false, true),
    ])
    func aServerIsAddedWhereThereIsNone(sections: String, isServerAdded: Bool, isInterfaceAdded: Bool) throws {
        let changes = ["/etc/s.conf": "[supervisord]\n\(sections)"]
        for roles in ["web", ""] {
            let withoutRoles = roles.isEmpty ? Self.noRoles : [:]
            let composed = try Self.compose(roles, replacing: withoutRoles.merging(changes) { $1 })
            let text = composed.text ?? ""
            #expect(text.contains("[unix_http_server]\nfile=%(here)s/supervisor.sock\nchmod=0700\n") == isServerAdded)
            #expect(text.contains("[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=") == isInterfaceAdded)
            if isServerAdded {
                #expect(composed.configuration.preferredServer?.url == "unix:///run/private/supervisor.sock")
            }
        }
    }

    @Test func missingSupervisordSectionIsAdded() throws {
        let base = ["/etc/s.conf": "[program:x]\ncommand=x"]
        let composed = try Self.compose(replacing: Self.noRoles.merging(base) { $1 })
        #expect(composed.text?.contains("\n[supervisord]\n") == true)
        #expect(composed.configuration.problems == [])
    }

    @Test(arguments: [
        ("/etc/s.conf", "[DEFAULT]\na=b\n[program:x]\ncommand=x", 2),
        ("/etc/roles/web.conf", "[program:web]\ncommand=x\n[DEFAULT]\n\nc=d", 5),
    ])
    func anInterfaceIsNotAddedWhereSupervisordRefusesIt(file: String, text: String, line: Int) {
        let failure = Self.failure("web", replacing: ["/etc/s.conf": "[supervisord]"].merging([file: text]) { $1 })
        let key = line == 2 ? "a" : "c"
        #expect(
            failure == "\(file):\(line): error: with \(key) here, supervisord cannot start: "
                + "[rpcinterface:supervisor] accepts only supervisor.rpcinterface_factory; move \(key) to the "
                + "sections that need it [rpc-interface]"
        )
    }

    @Test(arguments: ["", "[rpcinterface:supervisor]\n"])
    func nothingIsAddedThatSupervisordRefusesUnlessItMustAnswer(sections: String) throws {
        let base: [String: String?] = ["/etc/s.conf": "[DEFAULT]\na=b\n[supervisord]\n\(sections)"]
        let withoutRoles = Self.noRoles.merging(base) { $1 }
        #expect(try Self.compose(replacing: withoutRoles, answersCalls: false).text == nil)
        #expect(Self.failure(replacing: withoutRoles)?.hasPrefix("/etc/s.conf:2: error: with a here, ") == true)
        #expect(Self.failure("web", replacing: base, answersCalls: false)?.hasPrefix("/etc/s.conf:2: ") == true)
    }

    @Test func addedSectionsCountAsStandingAtTheStartOfTheBase() throws {
        let section = GeneratedSection("eventlistener:listenerd", ["command": "x", "events": "TICK_5"])
        let configuration = try Self.compose("web", adding: [section]).configuration
        let program = try #require(configuration.eventListeners.first?.program)
        #expect(program.location.description == "/etc/s.conf:1")
        #expect(program.command?.location.description == "/etc/s.conf:1")
    }

    /// Though what is composed has one, and the base none.
    @Test func aRoleThatIncludesSomethingIsWarnedOf() throws {
        let role = "[program:web]\ncommand=x\n[include]\nfiles=x"
        let configuration = try Self.compose("web", replacing: ["/etc/roles/web.conf": role]).configuration
        let message = "files in [include] has no effect here: supervisord ignores [include] in an included file"
        #expect(
            configuration.problems.map(\.description) == ["/etc/roles/web.conf:4: warning: \(message) [repeated-key]"]
        )
    }

    @Test func composedFilesAreRecognizedOnDisk() throws {
        let changes = ["/etc/s.conf": "[supervisord]\n[supervisorctl]\nprompt=p\n[include]\nfiles=x", "/etc/x": ""]
        let composed = try Self.compose("web", replacing: changes)
        let main = "/run/private/supervisord.conf"
        let files = Self.files.merging(changes) { $1 }.merging([main: composed.text ?? ""]) { $1 }
        let configuration = try SupervisorConfiguration(path: main, .globbing(files))
        #expect(configuration.path == main)
        #expect(configuration.basePath == "/etc/s.conf")
        // That autorestart of the role replaces the common one is what both are for.
        #expect(configuration.problems == [])
        #expect(composed.configuration.basePath == "/etc/s.conf")
    }

    /// Composes with options for every program, before theirs and after them.
    private static func composeWithOptions(_ roles: String) throws -> ComposedConfiguration {
        var request = CompositionRequest(base: "/etc/s.conf", for: .running)
        request.roles = RoleList(roles)
        var composer = try ConfigurationComposer(request, .globbing(files))
        let programs = try composer.compose(into: "/run/private").configuration.programs
        let defaults = programs.map { program in
            let texts = ["autorestart": "unexpected", "priority": "7"]
            let options = texts.sorted { $0.key < $1.key }.map { key, text in
                GeneratedSection.Option(key: key, text: text, location: program.location)
            }
            return GeneratedSection(program.sectionName, options, location: program.location)
        }
        let replaced = try #require(programs.first { $0.name == "web" })
        let command = GeneratedSection.Option(key: "command", text: "y", location: replaced.location(ofKey: "command"))
        let replacement = GeneratedSection("program:web", [command], location: replaced.location)
        composer.addOptions(defaults: defaults, replacements: [replacement])
        return try composer.compose(into: "/run/private")
    }

    @Test func optionsOfProgramsStandBeforeThoseInCommonAndAfterTheirOwn() throws {
        let composed = try Self.composeWithOptions("worker,web")
        let text = try #require(composed.text)
        #expect(text.contains("    /etc/roles/web.conf\n    output.conf\n\n"), "\(text)")
        let common = "stdout_logfile=/etc/%(program_name)s.log\nautorestart=true\n"
        #expect(text.contains("\n[program:web]\nautorestart=unexpected\npriority=7\n\(common)"), "\(text)")
        #expect(text.contains("\n[program:base]\nautorestart=unexpected\npriority=7\n\n"), "\(text)")
        let replacements = "; Composed by listenerd supervise for one run.\n\n[program:web]\ncommand=y\n"
        #expect(composed.replacements == replacements)
        let programs = composed.configuration.programs
        // Their order is that without the options.
        #expect(programs.map(\.name) == ["one", "a", "b", "web", "base"])
        #expect(programs.map(\.priority) == [7, 7, 7, 7, 7])
        #expect(programs.map(\.autorestart) == [.always, .always, .always, .never, .unexpected])
        #expect(programs[3].command?.text == "y")
        #expect(programs[3].location(ofKey: "priority")?.description == "/etc/roles/web.conf:1")
        #expect(programs[3].location(ofKey: "command")?.description == "/etc/roles/web.conf:2")
        #expect(programs[4].location.description == "/etc/s.conf:6")
        #expect(composed.configuration.problems == [])
    }

    @Test func composedReplacementsAreRecognizedOnDisk() throws {
        let composed = try Self.composeWithOptions("web")
        let main = "/run/private/supervisord.conf"
        let own = [main: composed.text ?? "", "/run/private/output.conf": composed.replacements ?? ""]
        let configuration = try SupervisorConfiguration(path: main, .globbing(Self.files.merging(own) { $1 }))
        #expect(configuration.basePath == "/etc/s.conf")
        #expect(configuration.programs.first?.command?.text == "y")
        #expect(configuration.problems == [])
    }

    @Test func aServerOfARoleIsOne() throws {
        let changes = [
            "/etc/s.conf": "[supervisord]",
            "/etc/roles/web.conf":
                "[inet_http_server]\nport=1\n[rpcinterface:supervisor]\nsupervisor.rpcinterface_factory=x",
        ]
        #expect(try Self.compose("web", replacing: changes).text?.contains("%(here)s") == false)
    }

    @Test(arguments: [
        ("[supervisorctl]\nserverurl=unix://%(here)s/y\nusername=u", true, "serverurl=unix:///etc/y\nusername=u\n"),
        ("[supervisorctl]\nserverurl=x\nprompt=p", false, "serverurl=unix://%(here)s/supervisor.sock\nprompt=p\n"),
        ("", false, "serverurl=unix://%(here)s/supervisor.sock\n"), ("", true, "serverurl=http://localhost:1\n"),
        ("username=u\npassword=%(ENV_X)s%%", true, "serverurl=http://localhost:1\nusername=u\npassword=%(ENV_X)s%%\n"),
        ("username=u\npassword={SHA}0", true, "serverurl=http://localhost:1\n"),
        ("[unix_http_server]\nfile=%(here)s/%%", true, "serverurl=unix:///etc/%%\n"),
        ("[supervisorctl]", true, ""),
    ])
    func supervisorctlFindsWhatItNeeds(section: String, hasServer: Bool, expected: String) throws {
        let server = hasServer ? "[inet_http_server]\nport=1\n" : ""
        let base = "[supervisord]\n\(server)\(section)"
        let composed = try Self.compose("web", replacing: ["/etc/s.conf": base], environment: ["X": "x"])
        let text = composed.text ?? ""
        #expect(text.hasSuffix("\n[supervisorctl]\n\(expected)"), "\(text)")
        #expect(composed.configuration.problems == [])
    }

    @Test func aSectionIsAddedUnlessThereIsOne() throws {
        let section = GeneratedSection("eventlistener:listenerd", ["command": "%%x", "events": "TICK_5"])
        let composed = try Self.compose(replacing: Self.noRoles, adding: [section])
        #expect(composed.text?.contains("\n[eventlistener:listenerd]\ncommand=%%x\nevents=TICK_5\n") == true)
        #expect(composed.configuration.eventListeners.first?.program.command?.text == "%x")
        let changes = ["/etc/roles/web.conf": "\n[eventlistener:listenerd]\ncommand=x\nevents=TICK_5"]
        #expect(
            Self.failure("web", replacing: changes, adding: [section])
                == "/etc/roles/web.conf:2: error: [eventlistener:listenerd] is added for the selected handlers; select "
                + "none, or rename this section [reserved-section]"
        )
    }

    // MARK: - Which roles

    @Test(arguments: [
        ("web", "", "", ["web.conf"]), (" web ,\tdb,web", "", "", ["web.conf", "db/x.conf"]),
        ("web,,db,", "", "", ["web.conf", "db/x.conf"]), ("", ",db, ,", "", ["db/x.conf"]),
        (",", "web,", "db", ["web.conf"]), ("", " , ", "db,", ["db/x.conf"]),
        ("", "db", "web", ["db/x.conf"]), ("", " ", "web", ["web.conf"]), ("db", "web", "worker", ["db/x.conf"]),
    ])
    func rolesAreChosen(option: String, variable: String, fallback: String, files: [String]) throws {
        let composed = try Self.compose(option, environment: ["ROLES": variable]) {
            $0.defaultRoles = RoleList(fallback)
        }
        let expected = files.map { "    /etc/roles/\($0)\n" }.joined()
        #expect(composed.text?.contains("files = /etc/s.conf\n\(expected)\n") == true, "\(composed.text ?? "")")
    }

    @Test(arguments: ["nope", "../s", "a/b", ".", "..", "/etc/roles/web", "web.conf", ".hidden", "WEB"])
    func aRoleThatIsNoneIsAnError(name: String) {
        let message = "unknown role '\(name)' in --roles; "
        #expect(Self.failure(name) == "\(message)choose from \(Self.listed)")
    }

    @Test(arguments: [
        ("wbe", "", "", "'wbe' in --roles; did you mean 'web'? Choose"),
        ("", "web,wroker", "", "'wroker' in $ROLES; did you mean 'worker'? Choose"),
        ("", "", "nope", "'nope' in --default-roles; choose"),
    ])
    func sourcesOfUnknownRolesAreNamed(option: String, variable: String, fallback: String, words: String) {
        let failure = Self.failure(option, environment: ["ROLES": variable]) { $0.defaultRoles = RoleList(fallback) }
        #expect(failure == "unknown role \(words) from \(Self.listed)")
    }

    @Test func someRoleMustBeChosenIfThereAreAny() throws {
        let message = "no role is chosen; choose with --roles or $ROLES, separated by commas, from \(Self.listed)"
        #expect(Self.failure() == message)
        #expect(Self.failure(environment: ["ROLES": ""]) == message)
        #expect(Self.failure(",", environment: ["ROLES": " ,, "]) == message)
        // Whoever only looks sees all of them.
        let composed = try Self.compose(purpose: .inspecting)
        #expect(composed.configuration.programs.map(\.name) == ["db", "web", "one", "a", "b", "base"])
    }

    @Test func noRoleCanBeChosenIfThereAreNone() throws {
        let message = """
            there are no roles in '/etc/roles': a role is a file ROLE.conf there, or a directory ROLE with files *.conf in \
            it; name another directory with --roles-dir
            """
        let option = "--roles names 'web', but "
        #expect(Self.failure("web", replacing: Self.noRoles) == option + message)
        #expect(Self.failure("web", replacing: Self.noRoles, purpose: .inspecting) == option + message)
        #expect(
            Self.failure(replacing: Self.noRoles, environment: ["ROLES": "web,db"])
                == "$ROLES names 'web,db', but \(message), or unset ROLES if it is meant for something else"
        )
        // What is common to all roles has nothing to be added to.
        let common = "--common adds lines to the programs of roles, but "
        #expect(Self.failure(replacing: Self.noRoles) { $0.common = "mine.conf" } == common + message)
        let elsewhere = message.replacing("/etc/roles", with: "/srv/mine")
        #expect(Self.failure { $0.rolesDirectory = "mine" } == elsewhere)
        // In a container that runs, the variable is there, and the roles are in what is looked at.
        let inspected = try Self.compose(
            replacing: Self.noRoles,
            environment: ["ROLES": "web"],
            purpose: .inspecting
        )
        #expect(inspected.text == nil)
    }

    @Test func theFolderMayBeElsewhere() throws {
        let changes = ["/srv/my [roles]/x y.conf": "[program:x]\ncommand=%(here)s/x"]
        let composed = try Self.compose("x y", replacing: changes) { $0.rolesDirectory = "my [roles]" }
        #expect(composed.text?.contains("\n    /srv/my[!!-~][[]roles]/x[!!-~]y.conf\n") == true)
        #expect(composed.configuration.programs.first?.command?.text == "/srv/my [roles]/x")
    }

    // MARK: - What roles say

    @Test(arguments: [
        ("[program:x]\ncommand=y", "[program:x]\ncommand=z", "program:x", 1),
        ("[program:x]\ncommand=y", "\n[program:x]\ncommand=y\npriority=1", "program:x", 2),
        ("[program:x]\ncommand=%(here)s/y", "[program:x]\ncommand=%(here)s/y", nil, 0),
        ("[program:x]\ncommand=y\npriority=1", "[program:x]\npriority=1\ncommand = y ; same", nil, 0),
        ("[group:x]\nprograms=y", "[group:x]\nprograms=z", "group:x", 1),
        ("[eventlistener:x]\nevents=y", "[eventlistener:x]\nevents=z", "eventlistener:x", 1),
        ("[fcgi-program:x]\ncommand=y", "[fcgi-program:x]\ncommand=z", "fcgi-program:x", 1),
        ("[supervisord]\nloglevel=warn", "[supervisord]\nloglevel=info", nil, 0),
    ])
    func rolesMustNotContradictEachOther(one: String, other: String, section: String?, line: Int) {
        let changes = ["/etc/roles/web.conf": one, "/etc/roles/db.conf": other, "/etc/roles/db/x.conf": nil]
        let failure = Self.failure("web,db", replacing: changes)
        let message = section.map {
            "/etc/roles/db.conf:\(line): error: [\($0)] is defined differently at /etc/roles/web.conf:1; rename one "
                + "of them, or choose other roles from \(Self.listed) [role-conflict]"
        }
        #expect(failure == message)
    }

    @Test func aRoleMustNotContradictTheBase() throws {
        let changed = Self.failure("web", replacing: ["/etc/roles/web.conf": "[program:base]\ncommand=other"])
        #expect(
            changed?.hasPrefix("/etc/roles/web.conf:1: error: [program:base] is defined differently at /etc/s.conf:6")
                == true
        )
        // What the base says is left as it is, by common options too.
        let same = try Self.compose("web", replacing: ["/etc/roles/web.conf": "[program:base]\ncommand=/etc/base"])
        #expect(same.text?.contains("[program:base]") == false)
    }

    @Test func theFilesOfOneRoleAreReadOneAfterTheOther() throws {
        let changes = ["/etc/roles/web/more.conf": "[program:web]\npriority=3"]
        let web = try Self.compose("web", replacing: changes).configuration.programs[0]
        #expect(web.priority == 3 && web.autorestart == .never)
    }

    // MARK: - Common options

    @Test(arguments: [
        ("[program:x]\n", 1, "'[program:x]' is a section header, which a file of common options cannot have"),
        ("autostart=true\n\n  [DEFAULT]", nil, ""), ("autostart=true\n[DEFAULT]", 2, "'[DEFAULT]' is a section header"),
        ("autostart", 1, "'autostart' is not 'key = value'"), ("; only a comment", nil, ""), ("", nil, ""),
    ])
    func commonOptionsAreOptionsAlone(text: String, line: Int?, message: String) {
        let failure = Self.failure("web", replacing: ["/etc/common.conf": text])
        let expected = line.map { "/etc/common.conf:\($0): error: \(message)" }
        #expect(expected.map { failure?.hasPrefix($0) == true } ?? (failure == nil), "\(failure ?? "nothing")")
    }

    @Test func mistakesInRolesAreReportedOnceAtTheirLine() throws {
        let common = "; comment\r\nenvironment=A=\"1\",\r\n  B=\"2\"\r\nautostart=why\r\nautostart=maybe"
        let configuration = try Self.compose("worker", replacing: ["/etc/common.conf": common]).configuration
        #expect(
            configuration.problems.map(\.description).filter { !$0.contains("[program:one]") } == [
                "/etc/common.conf:5: warning: autostart in [program:a] replaces the value at line 4 [repeated-key]",
                "/etc/common.conf:5: warning: autostart in [fcgi-program:b] replaces the value at line 4 [repeated-key]",
                "/etc/common.conf:5: error: autostart in [program:a] must be true or false (or yes, on, 1, no, off, "
                    + "0), not 'maybe' [invalid-value]",
                "/etc/common.conf:5: error: autostart in [fcgi-program:b] must be true or false (or yes, on, 1, no, "
                    + "off, 0), not 'maybe' [invalid-value]",
            ]
        )
        #expect(configuration.programs[0].environment == ["A": "1", "B": "2"])
    }

    @Test func rolesMayBeElsewhereOrMissing() throws {
        let named = try Self.compose("web", replacing: ["/srv/c": "priority=%(ENV_P)s"], environment: ["P": "4"]) {
            $0.common = "c"
        }
        #expect(named.configuration.programs[0].priority == 4)
        let none = try Self.compose("web", replacing: ["/etc/common.conf": nil])
        #expect(none.text?.contains("[program:web]") == false)
        #expect(Self.failure("web") { $0.common = "none" }?.hasPrefix("cannot read '/srv/none'") == true)
    }
}
