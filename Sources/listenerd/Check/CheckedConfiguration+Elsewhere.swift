import ListenerKit

/// Which machine a configuration is for, as far as can be seen from this one.
extension CheckedConfiguration {
    /// Whether the configuration is plainly for another machine, such as an image that is yet to be built.
    ///
    /// That is so if a folder of `[include]` does not exist here; if programs are not installed, or variables not set, and with them
    /// three things are missing; or if five users, groups and folders are.
    var isForElsewhere: Bool {
        guard !isThisMachine else {
            return false
        }
        let others = missingUsers.count + missingGroups.count + missingFolders.count
        let missing = missingPrograms.count + configuration.problems.count { $0.unsetVariable != nil }
        return !missingIncludeFolders.isEmpty || others >= 5 || missing > 0 && missing + others >= 3
    }

    /// Whether a problem would not be one on the machine that the configuration is for.
    func isOfThisMachineAlone(_ problem: ConfigurationProblem) -> Bool {
        !isThisMachine
            && problem.emptyPattern.map { missingIncludeFolders.contains(PathText.directory(of: $0)) } ?? false
    }

    /// The users that do not exist here, each at its first use, with the number of its uses.
    var missingUsers: [(reference: MachineReference, count: Int)] {
        userReferences.counted.filter { machine.idOfUser($0.reference.name) == nil }
    }

    /// The groups that do not exist here.
    var missingGroups: [(reference: MachineReference, count: Int)] {
        groupReferences.counted.filter { !machine.hasGroup($0.reference.name) }
    }

    /// The folders that do not exist here.
    var missingFolders: [(reference: MachineReference, count: Int)] {
        folderReferences.filter { !machine.isDirectory($0.name) }.counted
    }

    /// The programs of commands that are not installed here.
    private var missingPrograms: Set<String> {
        let commands = allPrograms.compactMap { program in program.command.flatMap { shellWords($0.text) } }
        return Set(commands.flatMap { Self.programs(of: $0) }).filter { machine.hasProgram($0) == false }
    }

    /// Returns what a command runs: its program, and the script of that.
    private static func programs(of words: [String]) -> [String] {
        let words = words.drop { $0.utf8.contains(UInt8(ascii: "=")) || PathText.name(of: $0) == "env" }
        let script = words.dropFirst().first { $0.utf8.first != UInt8(ascii: "-") }
        let commands = ShellScript(Array(words))?.commands ?? []
        let inShell = commands.compactMap { $0.words.first { $0 != "exec" } }
        return (Array(words.prefix(1)) + [script].compactMap { $0 } + inShell).filter { word in
            word == words.first || word.utf8.first == UInt8(ascii: "/")
        }
    }

    /// The folders of absolute patterns in `[include]` that do not exist here.
    private var missingIncludeFolders: Set<String> {
        let patterns = configuration.problems.compactMap { $0.emptyPattern }.filter { pattern in
            // A path of Windows begins with a letter and a colon.
            pattern.utf8.first == UInt8(ascii: "/") || pattern.utf8.dropFirst().first == UInt8(ascii: ":")
        }
        return Set(patterns.map { PathText.directory(of: $0) }.filter { !machine.isDirectory($0) })
    }
}
