/// How a block of a page is tested: by its language, or as the mark before it says.
///
/// | mark | effect |
/// |---|---|
/// | `file NAME` | the block is also written to the folder in which the page's commands are run |
/// | `file NAME, for supervise` | the same; it is checked with what `supervise` adds |
/// | `file NAME, with problems` | it is written, and may have problems |
/// | `keys` | keys of a program, without its header |
/// | `commands` | command lines, which listenerd accepts |
/// | `in any order` | a transcript whose lines may come in another order |
/// | `by NAME` | the test, the suite or the script of this name shows it |
/// | `not run: REASON` | nothing can run it here |
enum BlockCheck: Equatable {
    /// `listenerd check` finds nothing wrong with a configuration, which is written to a file if it has a name.
    case configuration(String, file: String? = nil, isForSupervise: Bool = false)
    /// It is written to a file.
    case file(String)
    /// Commands print what is shown.
    case transcript(isOrdered: Bool)
    /// listenerd accepts the command lines in it.
    case commands
    /// A test or a script, which exists, shows it.
    case shown(by: String)
    /// It is not run.
    case notRun

    /// Finds out how a block is tested; nil if it says neither by its language nor by a mark.
    init?(_ block: CodeBlock) {
        guard let mark = block.mark else {
            self.init(unmarked: block)
            return
        }
        if let name = mark.after("by ") {
            self = .shown(by: name)
        } else if mark.after("not run: ") != nil {
            self = .notRun
        } else if let name = mark.after("file ") {
            self.init(block, file: name)
        } else if mark == "keys" {
            self = .configuration("[program:web]\ncommand=/bin/true\n\(block.text)")
        } else if mark == "commands" {
            self = .commands
        } else if mark == "in any order", block.language == "console" {
            self = .transcript(isOrdered: false)
        } else {
            return nil
        }
    }

    private init?(unmarked block: CodeBlock) {
        switch block.language {
        case "ini":
            self = .configuration(block.text)
        case "diff":
            self = .configuration(block.changedText)
        case "console":
            self = .transcript(isOrdered: true)
        case "dockerfile", "yaml":
            self = .commands
        default:
            return nil
        }
    }

    private init(_ block: CodeBlock, file name: String) {
        if let name = name.before(", with problems") {
            self = .file(name)
        } else if let name = name.before(", for supervise") {
            self = .configuration(block.text, file: name, isForSupervise: true)
        } else if block.language == "ini" {
            self = .configuration(block.text, file: name)
        } else {
            self = .file(name)
        }
    }
}

extension CodeBlock {
    /// What a diff leads to.
    fileprivate var changedText: String {
        lines.filter { !$0.hasPrefix("-") }.map { "\($0.dropFirst())\n" }.joined()
    }
}

extension String {
    /// Returns what follows a prefix; nil if it is not there.
    func after(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }

    /// Returns what stands before a suffix; nil if it is not there.
    func before(_ suffix: String) -> String? {
        hasSuffix(suffix) ? String(dropLast(suffix.count)) : nil
    }
}
