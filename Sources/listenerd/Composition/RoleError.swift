import ListenerKit

/// Why a configuration cannot be composed of the chosen roles.
enum RoleError: Error, Equatable, Sendable {
    /// There is no role of that name; the user may have given a path.
    case unknown(String, RoleSource, RolesDirectory)
    /// There are roles, and none was chosen.
    case noneChosen(RolesDirectory)
    /// There are no roles in the directory, but some were chosen, or the directory or a file of common options was given.
    case noRoles(directory: String, chosen: [String], RoleSource?, hasCommon: Bool)
}

extension RoleError: CustomStringConvertible {
    /// The problem and the remedy, as one sentence without a full stop.
    var description: String {
        switch self {
        case .unknown(let name, let source, let directory):
            Suggestion.nearest(to: name, among: directory.names).map { suggestion in
                "unknown role \(name.quoted) in \(source.rawValue); did you mean '\(suggestion)'? Choose from \(directory)"
            } ?? "unknown role \(name.quoted) in \(source.rawValue); choose from \(directory)"
        case .noneChosen(let directory):
            "no role is chosen; choose with --roles or $ROLES, separated by commas, from \(directory)"
        case .noRoles(let directory, let names, let source, let hasCommon):
            (source.map { "\($0.rawValue) names \(names.joined(separator: ",").quoted), but " }
                ?? (hasCommon ? "--common adds lines to the programs of roles, but " : ""))
                    + """
                    there are no roles in '\(directory)': a role is a file ROLE.conf there, or a directory ROLE with files \
                    *.conf in it; name another directory with --roles-dir
                    """
                + (source == .variable ? ", or unset ROLES if it is meant for something else" : "")
        }
    }
}

extension RoleError: ExitStatusError {
    /// The same as for an invalid configuration.
    var exitStatus: ExitStatus { .configuration }
}
