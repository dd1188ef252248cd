import Glibc

/// A command to start as a child, without a shell.
struct CommandLaunch: Sendable {
    /// Its words, the program first.
    let arguments: [String]
    /// The working directory; nil for that of this process.
    let directory: String?
    /// The variables that it has besides those of this process, or with other values.
    let environment: [String: String]
    /// The user as whom it runs; nil for that of this process.
    ///
    /// Only root can name another one.
    let account: UserAccount?

    /// Starts the command: it leads a group of its own, its input is empty, all of its output goes to one pipe, and it inherits
    /// no other descriptor and no signal that is blocked or ignored.
    ///
    /// If it has an ``account``, the calling thread is that user to some extent from then on, and must end.
    ///
    /// - Returns: The child.
    /// - Throws: ``LaunchError``.
    func start() throws(LaunchError) -> GroupLeader {
        guard let account else {
            return try startHere()
        }
        defer { ThreadUser.restoreInspection() }
        do throws(SystemError) {
            try ThreadUser.become(account)
        } catch {
            throw .other(error)
        }
        return try startHere()
    }

    private func startHere() throws(LaunchError) -> GroupLeader {
        let program = try executable()
        do throws(SystemError) {
            let pipe = try Pipe.open()
            let null = open("/dev/null", O_RDWR | O_CLOEXEC)
            guard null >= 0 else {
                throw SystemError("open '/dev/null'")
            }
            let pid = try spawn(program, input: FileDescriptor(owning: null), output: pipe.writeEnd)
            return GroupLeader(pid: pid, output: pipe.readEnd)
        } catch {
            throw LaunchError(error, ofProgramAt: path(program), named: arguments[0])
        }
    }

    private func spawn(
        _ program: String,
        input: borrowing FileDescriptor,
        output: borrowing FileDescriptor
    ) throws(SystemError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, input.rawValue, 0)
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, 1)
        posix_spawn_file_actions_adddup2(&actions, output.rawValue, 2)
        if let directory {
            _ = addChangeOfDirectory(&actions, directory)
        }
        // Everything is closed on exec anyway, except for what a handler may have opened otherwise.
        _ = addClosing(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        setAttributes(&attributes)

        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) }
        words.append(nil)
        var variables = environmentWords()
        variables.append(nil)
        defer { (words + variables).forEach { free($0) } }
        var pid: pid_t = 0
        let code = posix_spawn(&pid, program, &actions, &attributes, words, variables)
        guard code == 0 else {
            throw SystemError("run '\(program)'", code: code)
        }
        return pid
    }

    private func setAttributes(_ attributes: inout posix_spawnattr_t) {
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        let ids = account == nil ? 0 : POSIX_SPAWN_RESETIDS
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP | ids
        posix_spawnattr_setflags(&attributes, Int16(flags))
    }

    /// Returns the variables as C has them, each to be freed.
    private func environmentWords() -> [UnsafeMutablePointer<CChar>?] {
        var words: [UnsafeMutablePointer<CChar>?] = []
        var next = environ
        while let entry = next.pointee {
            let name = UnsafeBufferPointer(start: entry, count: strlen(entry)).prefix { $0 != CChar(0x3D) }
            if environment[String(decoding: name.lazy.map { UInt8(bitPattern: $0) }, as: UTF8.self)] == nil {
                words.append(strdup(entry))
            }
            next += 1
        }
        return words + environment.map { strdup("\($0.key)=\($0.value)") }
    }
}

/// What is executed.
extension CommandLaunch {
    /// Finds the program as execvp(3) does, in the `PATH` that the command will have.
    private func executable() throws(LaunchError) -> String {
        guard let program = arguments.first, !program.isEmpty else {
            throw .noCommand
        }
        // As the user in question: access(2) looks at the real one.
        if let directory, access("\(directory)/.", X_OK) != 0 {
            throw .noDirectory(directory, SystemError("enter '\(directory)'"))
        }
        guard !program.utf8.contains(UInt8(ascii: "/")) else {
            return program
        }
        let candidates = searchPath.map { PathText.joined(String($0), program) }
        if let found = candidates.first(where: { access(path($0), X_OK) == 0 && FileKind(path: path($0)) == nil }) {
            return found
        }
        let isThere = candidates.contains { fileExists(path($0)) && FileKind(path: path($0)) == nil }
        throw isThere ? .other(SystemError("run '\(program)'", code: EACCES)) : .noSuchCommand(program)
    }

    private var searchPath: [Substring] {
        // Without one, execvp(3) searches these.
        let path = environment["PATH"] ?? getenv("PATH").map { String(cString: $0) } ?? "/bin:/usr/bin"
        return path.split(separator: ":", omittingEmptySubsequences: false)
    }

    /// Returns a path as this process has to write it: the command's own are relative to its directory.
    private func path(_ program: String) -> String {
        PathText.joined(directory ?? "", program)
    }
}

/// The C library's functions, which it declares only for programs in C that ask for them.
@_silgen_name("posix_spawn_file_actions_addchdir_np")
private func addChangeOfDirectory(_ actions: inout posix_spawn_file_actions_t, _ path: UnsafePointer<CChar>) -> Int32
@_silgen_name("posix_spawn_file_actions_addclosefrom_np")
private func addClosing(_ actions: inout posix_spawn_file_actions_t, _ first: Int32) -> Int32
