import ListenerKit
import Testing

@Suite struct ConfigurationSearchTests {
    static func search(
        named: String? = nil,
        environment: [String: String] = [:],
        parent arguments: [String] = [],
        at parentDirectory: String? = "/srv",
        supervised: [String] = [],
        files: Set<String> = []
    ) -> ConfigurationSearch {
        ConfigurationSearch(
            named: named,
            environment: environment,
            parent: arguments.isEmpty
                ? nil : RunningProcess(arguments: arguments, workingDirectory: parentDirectory),
            supervised: supervised,
            workingDirectory: "/own",
            exists: { files.contains($0) }
        )
    }

    @Test(arguments: [
        ["-cx.conf"], ["-c", "x.conf"], ["-nc", "x.conf"], ["-ncx.conf"], ["--configuration=x.conf"],
        ["--configuration", "x.conf"], ["--conf", "x.conf"], ["--co=x.conf"], ["-n", "-u", "me", "-c", "x.conf"],
        ["-uc", "-c", "x.conf"], ["--user", "-c", "-c", "x.conf"], ["--nodaemon", "--umask=022", "-c", "x.conf"],
        ["-d", "--", "-c", "x.conf"], ["--silent", "-c", "x.conf"], ["-c", "x.conf", "-c", "y.conf"],
    ])
    func theFileOnTheCommandLineIsFound(arguments: [String]) {
        #expect(SupervisordCommandLine(arguments: ["supervisord"] + arguments)?.configurationFile == "x.conf")
    }

    @Test(arguments: [
        [], ["-n"], ["-c"], ["-uc", "x.conf"], ["--", "-c", "x.conf"], ["x", "-c", "x.conf"], ["-", "-cx"],
    ])
    func otherArgumentsNameNoFile(arguments: [String]) throws {
        let line = try #require(SupervisordCommandLine(arguments: ["supervisord"] + arguments))
        #expect(line.configurationFile == nil)
    }

    @Test(
        arguments: [
            (["-u", "me"], "me", false), (["-ume"], "me", false), (["-tnume"], "me", true),
            (["--user=me", "-n"], "me", true),
            (["--us", "me", "--nod"], "me", true), (["-c", "-u"], nil, false), (["-e", "-n", "-l-u"], nil, false),
            (["--", "-n"], nil, false), ([], nil, false),
        ] as [([String], String?, Bool)]
    )
    func theUserAndTheForegroundAreFound(arguments: [String], user: String?, staysInForeground: Bool) {
        let line = SupervisordCommandLine(arguments: ["supervisord"] + arguments)
        #expect(line?.user == user)
        #expect(line?.staysInForeground == staysInForeground)
    }

    @Test(arguments: [
        ["/usr/bin/python3", "/usr/bin/supervisord"], ["python3.11", "-u", "/opt/bin/supervisord-3.11"],
        ["supervisord"],
        ["python", "-m", "supervisor.supervisord"], ["/usr/bin/python3", "/x/supervisor/supervisord.py"],
    ])
    func supervisordIsRecognisedBehindItsInterpreter(arguments: [String]) {
        #expect(SupervisordCommandLine(arguments: arguments + ["-c", "f"])?.configurationFile == "f")
    }

    @Test(arguments: [
        [], ["sh", "-c", "supervisord -c x"], ["/bin/bash"], ["listenerd", "-c", "x"], ["python3", "x.py"],
        ["sh", "supervisord"], ["supervisorctl"],
    ])
    func otherProcessesAreNoSupervisord(arguments: [String]) {
        #expect(SupervisordCommandLine(arguments: arguments) == nil)
    }

    @Test func namedConfigurationComesFirst() throws {
        let parent = ["supervisord", "-c", "/p.conf"]
        let environment = ["LISTENERD_CONFIG": "/e.conf"]
        let files: Set = ["/e.conf", "/p.conf", "/etc/supervisord.conf"]
        #expect(try Self.search(named: "n", environment: environment, parent: parent, files: files).find() == "n")
        #expect(try Self.search(environment: environment, parent: parent, files: files).find() == "/e.conf")
        #expect(
            try Self.search(environment: ["LISTENERD_CONFIG": ""], parent: parent, files: files).find() == "/p.conf"
        )
        #expect(try Self.search(files: files).find() == "/etc/supervisord.conf")
    }

    @Test func aVariableThatLeadsNowhereIsNamed() {
        let search = Self.search(environment: ["LISTENERD_CONFIG": "/e.conf"], files: ["/etc/supervisord.conf"])
        let error = #expect(throws: ConfigurationError.self) { try search.find() }
        #expect(
            error?.description
                == "$LISTENERD_CONFIG names the configuration file '/e.conf', which does not exist; unset it, or name "
                + "another file with --config"
        )
    }

    @Test(arguments: [
        ("/own/supervisord.conf", true), ("supervisord.conf", true), ("./x/../supervisord.conf", true),
        ("/own/etc/supervisord.conf", false), ("etc/supervisord.conf", false), ("/etc/supervisord.conf", false),
        ("/supervisord.conf", false),
    ])
    func aFileInTheWorkingDirectoryIsObvious(path: String, isObvious: Bool) {
        #expect(Self.search().isObvious(path) == isObvious)
        #expect(Self.search(named: path).isObvious(path))
    }

    @Test(arguments: [
        (["/srv/x.conf", "/own/x.conf"] as Set, "/srv/x.conf"), (["/own/x.conf"] as Set, "/own/x.conf"),
    ])
    func aRelativePathIsTriedFromBothDirectories(files: Set<String>, path: String) throws {
        #expect(try Self.search(parent: ["supervisord", "-cx.conf"], files: files).find() == path)
    }

    @Test func aMissingFileOfTheParentIsNotReplacedByAnother() {
        let search = Self.search(parent: ["supervisord", "-cx.conf"], files: ["/etc/supervisord.conf"])
        let error = ConfigurationError.missing(named: "x.conf", lookedFor: ["/srv/x.conf", "/own/x.conf"])
        #expect(throws: error) { try search.find() }
    }

    @Test func theUsualPlacesBeginNextToSupervisord() {
        let places = [
            "/opt/v/etc/supervisord.conf", "/opt/v/supervisord.conf", "/srv/supervisord.conf",
            "/srv/etc/supervisord.conf", "/own/supervisord.conf", "/own/etc/supervisord.conf", "/etc/supervisord.conf",
            "/etc/supervisor/supervisord.conf",
        ]
        #expect(throws: ConfigurationError.notFound(lookedFor: places)) {
            try Self.search(parent: ["python3", "/opt/v/bin/supervisord"]).find()
        }
        #expect(throws: ConfigurationError.notFound(lookedFor: places.filter { !$0.hasPrefix("/srv") })) {
            try Self.search(environment: ["PATH": "/bin:/opt/v/bin"], files: ["/opt/v/bin/supervisord"]).find()
        }
    }

    /// What runs the listener, and whether that is what `supervise` has started, as far as can be told.
    @Test(
        arguments: [
            (["supervisord", "-n", "-c", "/run/x.conf"], true),
            (["python3", "/bin/supervisord", "-nc/run/x.conf"], true),
            (["supervisord", "-c", "inner.conf"], false), (["supervisord"], false), (["listenerd", "supervise"], true),
            (nil, true),
        ] as [([String]?, Bool)]
    )
    func variablesOfSuperviseAreForItsOwnListeners(arguments: [String]?, isKept: Bool) {
        let told = ["LISTENERD_CONFIG": "/run/x.conf", "LISTENERD_STATUS_FILE": "/run/status"]
        let supervisord = arguments.map { RunningProcess(arguments: $0, workingDirectory: "/") }
        let environment = listenerEnvironment(told.merging(["PATH": "/bin"]) { $1 }, of: supervisord)
        #expect(environment == (isKept ? told : [:]).merging(["PATH": "/bin"]) { $1 })
    }

    @Test(arguments: ["LISTENERD_CONFIG", "LISTENERD_STATUS_FILE"])
    func variablesSetByOthersAreKept(variable: String) {
        let supervisord = RunningProcess(arguments: ["supervisord", "-c", "x.conf"], workingDirectory: "/")
        #expect(listenerEnvironment([variable: "/y"], of: supervisord) == [variable: "/y"])
    }

    @Test func anErrorSaysWhatToDo() {
        #expect(
            ConfigurationError.notFound(lookedFor: ["/a", "/b"]).description
                == "supervisord's configuration file was not found; name it with --config (looked for /a, /b)"
        )
    }

    @Test func runningSuperviseComesBeforeTheUsualPlaces() throws {
        let files: Set = ["/etc/supervisord.conf"]
        #expect(try Self.search(supervised: ["/run/x.conf"], files: files).find() == "/run/x.conf")
        #expect(try Self.search(named: "/n.conf", supervised: ["/run/x.conf"]).find() == "/n.conf")
        #expect(throws: ConfigurationError.ambiguous(["/a.conf", "/b.conf"])) {
            try Self.search(supervised: ["/a.conf", "/b.conf"], files: files).find()
        }
    }
}
