/// A kind of section that supervisord or supervisorctl reads.
package enum SectionKind: String, CaseIterable, Sendable {
    case supervisord = "supervisord"
    case supervisorctl = "supervisorctl"
    case unixServer = "unix_http_server"
    case inetServer = "inet_http_server"
    case include = "include"
    case program = "program"
    case fastCGIProgram = "fcgi-program"
    case eventListener = "eventlistener"
    case group = "group"
    case remoteInterface = "rpcinterface"
    case controlPlugin = "ctlplugin"

    /// Recognizes the name of a section as supervisord does; nil results if it ignores the section.
    package init?(sectionName: String) {
        let bytes = sectionName.utf8
        let kind = Self.allCases.first { kind in
            switch kind {
            case .supervisord, .supervisorctl, .include: sectionName == kind.rawValue
            // Whatever follows is part of the name.
            case .unixServer, .inetServer: bytes.starts(with: kind.rawValue.utf8)
            default: bytes.starts(with: "\(kind.rawValue):".utf8)
            }
        }
        guard let kind else {
            return nil
        }
        self = kind
    }

    /// Whether such a section defines processes.
    package var runsPrograms: Bool {
        switch self {
        case .program, .fastCGIProgram, .eventListener: true
        default: false
        }
    }

    /// Whether a name of the user's own follows a colon in the header.
    package var hasName: Bool {
        switch self {
        case .supervisord, .supervisorctl, .include, .unixServer, .inetServer: false
        default: true
        }
    }

    /// Whether such a section takes any key, for a plug-in.
    package var takesAnyKey: Bool {
        switch self {
        case .remoteInterface, .controlPlugin: true
        default: false
        }
    }

    /// The section as documentation writes it: `[program:x]`.
    package var pattern: String {
        hasName ? "[\(rawValue):x]" : "[\(rawValue)]"
    }
}
